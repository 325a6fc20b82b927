import { readEmail } from '../../identity/read-email.ts';
import type { ConfigurationProblem } from '../../language/sentences.ts';

/** The mail server that letters leave by. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`); else STARTTLS where the server offers it. */
  readonly isTls: boolean;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

export interface MailSettings {
  /** Undefined: letters go into a folder. */
  readonly server: MailServer | undefined;
  /** An address, or `Name <address>`. */
  readonly from: string;
}

const SUBMISSION_PORT = 587;
const TLS_PORT = 465;

/** Stands on letters that never leave the machine. */
const FROM_THIS_MACHINE = 'Turnpike <turnpike@localhost>';

/** `TURNPIKE_SMTP_URL` and `TURNPIKE_MAIL_FROM`. The address may hold a password and is never repeated. */
export function readMailSettings(
  read: (name: 'TURNPIKE_SMTP_URL' | 'TURNPIKE_MAIL_FROM') => string | undefined,
  report: (problem: ConfigurationProblem) => void,
): MailSettings {
  const address = read('TURNPIKE_SMTP_URL');
  const from = read('TURNPIKE_MAIL_FROM');
  if (from !== undefined && !isSender(from))
    report({ kind: 'email', name: 'TURNPIKE_MAIL_FROM', value: from });
  if (address === undefined) return { server: undefined, from: from ?? FROM_THIS_MACHINE };
  const server = readServer(address);
  if (server === undefined) report({ kind: 'smtp-url', name: 'TURNPIKE_SMTP_URL' });
  // A letter from an address that is not theirs is refused by most mail servers, or lands among the junk.
  if (from === undefined) report({ kind: 'needs', name: 'TURNPIKE_SMTP_URL', other: 'TURNPIKE_MAIL_FROM' });
  return { server, from: from ?? FROM_THIS_MACHINE };
}

/** As it may be shown: neither user nor password. */
export function shownServer({ host, port }: MailServer): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function readServer(address: string): MailServer | undefined {
  const url = URL.parse(address);
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return undefined;
  if (!/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') return undefined;
  const isTls = url.protocol === 'smtps:';
  const [user, password] = [decoded(url.username), decoded(url.password)];
  if (user === undefined || password === undefined) return undefined;
  return {
    host: url.hostname.replace(/^\[(.+)\]$/, '$1'),
    port: url.port === '' ? (isTls ? TLS_PORT : SUBMISSION_PORT) : Number(url.port),
    isTls,
    user: user || undefined,
    password: password || undefined,
  };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

function isSender(from: string): boolean {
  const address = /^[^<>"\r\n]{0,100}<([^<>]+)>$/.exec(from)?.[1] ?? from;
  return readEmail(address) !== undefined;
}
