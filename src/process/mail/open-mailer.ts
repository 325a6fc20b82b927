import type { Transporter } from 'nodemailer';
import { type Clock, within } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Mail, Mailer, MailFailure } from '../../ports/mailer.ts';
import type { Random } from '../../ports/random.ts';
import { MailFolder } from './mail-folder.ts';
import { ATTEMPT_MS, MailQueue } from './mail-queue.ts';
import { type MailServer, type MailSettings, shownServer } from './mail-settings.ts';
import { smtpFault } from './smtp-fault.ts';

/** To look the name up, to be connected, and to be greeted. */
const STEP_MS = 10_000;

export interface MailerParts {
  readonly settings: MailSettings;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Letters by the mail server that is named, or into a folder. nodemailer is loaded by the first letter. */
export function openMailer({ settings, dataDir, clock, random, log }: MailerParts): Mailer {
  const { server, from } = settings;
  const way =
    server === undefined
      ? byFolder(new MailFolder(dataDir, clock, random), from)
      : byServer(server, from, clock);
  const queue = new MailQueue({ clock, log, send: way.deliver });
  return { ...way, post: (mail) => queue.add(mail), close: () => queue.close() };
}

type Way = Omit<Mailer, 'post' | 'close'>;

function byServer(server: MailServer, from: string, clock: Clock): Way {
  const { host, port, isTls, user, password } = server;
  let opening: Promise<Transporter> | undefined;
  const transport = () => {
    opening ??= import('nodemailer').then(({ createTransport }) =>
      createTransport({
        ...{ host, port, secure: isTls },
        // A password is not sent in the clear, but to a server on this very machine.
        requireTLS: !isTls && user !== undefined && !isLoopback(host),
        ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
        ...{ connectionTimeout: STEP_MS, greetingTimeout: STEP_MS, dnsTimeout: STEP_MS },
        socketTimeout: ATTEMPT_MS,
        // What a letter is made of comes from us; nothing is fetched or read from files for it.
        ...{ disableFileAccess: true, disableUrlAccess: true },
        ...{ logger: false, debug: false },
      }),
    );
    return opening;
  };
  const attempt = async <Done>(
    done: Done,
    run: (transport: Transporter) => Promise<unknown>,
  ): Promise<Done | MailFailure> => {
    try {
      const tried = transport()
        .then(run)
        .then(() => done);
      return (await within(clock, ATTEMPT_MS, tried)) ?? { fault: 'timed-out', answer: '' };
    } catch (error) {
      return smtpFault(error);
    }
  };
  return {
    kind: 'server',
    place: shownServer(server),
    deliver: (mail) => attempt('sent' as const, (transport) => transport.sendMail(messageOf(mail, from))),
    check: () => attempt('ready' as const, (transport) => transport.verify()),
  };
}

function byFolder(folder: MailFolder, from: string): Way {
  const attempt = async <Done>(done: Done, run: () => Promise<void>): Promise<Done | MailFailure> => {
    try {
      await run();
      return done;
    } catch {
      return { fault: 'not-writable', answer: '' };
    }
  };
  return {
    kind: 'folder',
    place: folder.path,
    deliver: (mail) =>
      attempt('sent' as const, async () => {
        const { createTransport } = await import('nodemailer');
        const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
        const { message } = await transport.sendMail(messageOf(mail, from));
        if (!(message instanceof Uint8Array)) throw new Error('the letter is not whole');
        await folder.add(message);
      }),
    check: () => attempt('ready' as const, () => folder.prepare()),
  };
}

function messageOf({ to, subject, text, html }: Mail, from: string) {
  return {
    ...{ from, subject, text, html },
    // One address, whatever is in the text: it is not read as a list.
    to: { name: '', address: to },
    // Nobody's holiday answers to a machine.
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
