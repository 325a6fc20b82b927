import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { ServerCertificate } from './test-certificates.ts';

/** A letter as a mail server takes it. */
export interface TakenLetter {
  readonly from: string;
  readonly to: string;
  /** Headers and body as they came, dots undone. */
  readonly raw: string;
  readonly isEncrypted: boolean;
}

export interface SmtpServerOptions {
  /** Whoever sends has to be this person. */
  readonly account?: { readonly user: string; readonly password: string };
  /** TLS from the first byte. */
  readonly certificate?: ServerCertificate;
  /** What is said to the end of a letter instead of 250, for the first ones. */
  readonly answers?: readonly string[];
  /** Takes connections and never says a word. */
  readonly isSilent?: boolean;
}

export interface SmtpServer {
  readonly port: number;
  readonly letters: TakenLetter[];
  /** Every line that came. */
  readonly lines: string[];
  /** The next letter that has not been waited for. */
  next(): Promise<TakenLetter>;
  close(): Promise<void>;
}

/** A mail server over a socket: it speaks SMTP as RFC 5321 has it, with AUTH PLAIN and LOGIN, and keeps what it takes. */
export async function startSmtpServer(options: SmtpServerOptions = {}): Promise<SmtpServer> {
  const letters: TakenLetter[] = [];
  const lines: string[] = [];
  const sockets = new Set<Socket>();
  const answers = [...(options.answers ?? [])];
  let waited = 0;
  const wakers = new Set<() => void>();

  const serve = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    if (options.isSilent) return;
    const say = (text: string) => void socket.write(`${text}\r\n`);
    let [from, to, rest] = ['', '', ''];
    let isSignedIn = options.account === undefined;
    let data: string[] | undefined;
    let login: string[] | undefined;

    const signIn = (user: string | undefined, password: string | undefined) => {
      isSignedIn = user === options.account?.user && password === options.account?.password;
      say(isSignedIn ? '235 2.7.0 welcome' : `535 5.7.8 no such person ${user}`);
    };
    const take = (line: string) => {
      if (data !== undefined) {
        if (line !== '.') return void data.push(line.replace(/^\.\./, '.'));
        const answer = answers.shift() ?? '250 2.0.0 taken';
        if (answer.startsWith('250')) {
          letters.push({ from, to, raw: data.join('\n'), isEncrypted: options.certificate !== undefined });
          for (const wake of wakers) wake();
        }
        data = undefined;
        return say(answer);
      }
      if (login !== undefined) {
        login.push(decode(line));
        if (login.length === 1) return say('334 UGFzc3dvcmQ6');
        const [user, password] = login;
        login = undefined;
        return signIn(user, password);
      }
      const [verb = '', ...words] = line.split(' ');
      switch (verb.toUpperCase()) {
        case 'EHLO':
          say('250-mail.example.com');
          if (options.account !== undefined) say('250-AUTH PLAIN LOGIN');
          return say('250 8BITMIME');
        case 'AUTH':
          if (words[0] === 'LOGIN') {
            login = [];
            return say('334 VXNlcm5hbWU6');
          }
          return signIn(
            ...(decode(words[1] ?? '')
              .split('\0')
              .slice(1) as [string, string]),
          );
        case 'MAIL':
          from = /<(.*)>/.exec(line)?.[1] ?? '';
          return say(isSignedIn ? '250 2.1.0 ok' : '530 5.7.0 sign in first');
        case 'RCPT':
          to = /<(.*)>/.exec(line)?.[1] ?? '';
          return say(to.startsWith('nobody@') ? '550 5.1.1 nobody here' : '250 2.1.5 ok');
        case 'DATA':
          data = [];
          return say('354 go on');
        case 'QUIT':
          say('221 bye');
          return void socket.end();
        case 'RSET':
        case 'NOOP':
          return say('250 ok');
        default:
          return say('502 5.5.2 what?');
      }
    };
    socket.on('data', (bytes) => {
      const parts = (rest + bytes.toString('utf8')).split('\r\n');
      rest = parts.pop() ?? '';
      for (const line of parts) {
        lines.push(line);
        take(line);
      }
    });
    say('220 mail.example.com ESMTP');
  };

  const server: Server =
    options.certificate === undefined ? createServer(serve) : createTlsServer(options.certificate, serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    letters,
    lines,
    async next() {
      const at = waited;
      waited += 1;
      for (;;) {
        const letter = letters[at];
        if (letter !== undefined) return letter;
        await new Promise<void>((resolve) => {
          const wake = () => {
            wakers.delete(wake);
            resolve();
          };
          wakers.add(wake);
        });
      }
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function decode(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}

/** The parts of a letter as a person's mail program shows them. */
export function readLetter(raw: string): { subject: string; text: string; html: string } {
  const [head = '', ...rest] = raw.replaceAll('\r\n', '\n').split('\n\n');
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1] ?? '';
  const parts = rest.join('\n\n').split(`--${boundary}`);
  const part = (type: string) => {
    const found = parts.find((candidate) => candidate.includes(`Content-Type: ${type}`)) ?? '';
    const [partHead = '', ...body] = found.split('\n\n');
    const encoded = body.join('\n\n');
    if (/base64/i.test(partHead)) return decode(encoded);
    return /quoted-printable/i.test(partHead) ? quotedPrintable(encoded) : encoded;
  };
  const subject = head
    .replace(/\n[ \t]/g, ' ')
    .split('\n')
    .find((line) => line.startsWith('Subject: '));
  return { subject: words(subject?.slice(9) ?? ''), text: part('text/plain'), html: part('text/html') };
}

function quotedPrintable(text: string): string {
  const bytes = text
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** RFC 2047. */
function words(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?B\?([^?]*)\?=/gi, (_, encoded) => decode(encoded))
    .replace(/=\?utf-8\?Q\?([^?]*)\?=/gi, (_, encoded) => quotedPrintable(encoded.replaceAll('_', ' ')));
}
