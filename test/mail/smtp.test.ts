import { afterEach, expect, test } from 'bun:test';
import { layOutLetter, lettersIn } from '../../src/language/letters.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { readMailSettings } from '../../src/process/mail/mail-settings.ts';
import { openMailer } from '../../src/process/mail/open-mailer.ts';
import { systemClock } from '../../src/process/system-clock.ts';
import { systemRandom as random } from '../../src/process/system-random.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import {
  readLetter,
  type SmtpServer,
  type SmtpServerOptions,
  startSmtpServer,
} from '../fakes/smtp-server.ts';
import { makeTestCertificates } from '../fakes/test-certificates.ts';

/** Letters by a mail server over a socket. */

const PASSWORD = 'p@ss word:geheim';
const ACCOUNT = { user: 'turnpike', password: PASSWORD };
const TO = 'arthur@example.com';

let server: SmtpServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const logged: string[] = [];
const note = (event: string, facts?: object) => void logged.push(`${event} ${JSON.stringify(facts)}`);
const log = { info: note, warn: note, error: note };

async function open(options: SmtpServerOptions = {}, address?: string, clock: Clock = systemClock) {
  server = await startSmtpServer(options);
  const credentials = `turnpike:${encodeURIComponent(PASSWORD)}@`;
  const url = (address ?? 'smtp://CREDENTIALS127.0.0.1:PORT')
    .replace('PORT', String(server.port))
    .replace('CREDENTIALS', options.account === undefined ? '' : credentials);
  const settings = settingsOf({ TURNPIKE_SMTP_URL: url, TURNPIKE_MAIL_FROM: 'Turnpike <post@example.com>' });
  return { mailer: openMailer({ settings, dataDir: '/nowhere', clock, random, log }), server };
}

function settingsOf(variables: Record<string, string>) {
  const problems: unknown[] = [];
  const settings = readMailSettings(
    (name) => variables[name],
    (problem) => problems.push(problem),
  );
  expect(problems).toEqual([]);
  return settings;
}

const letterTo = (to: string, language: 'en' | 'zh' = 'en') => ({
  to,
  ...layOutLetter(lettersIn(language).signInCode('llm.example.com', '1234 5678', 10), language),
});

test('a letter arrives whole, signed in, as text and as HTML, in both languages', async () => {
  const { mailer, server } = await open({ account: ACCOUNT });
  expect(await mailer.check()).toBe('ready');
  expect(await mailer.deliver(letterTo(TO))).toBe('sent');
  expect(await mailer.deliver(letterTo(TO, 'zh'))).toBe('sent');
  const [english, chinese] = server.letters;
  expect(english).toMatchObject({ from: 'post@example.com', to: TO });
  expect(english?.raw).toContain('From: Turnpike <post@example.com>');
  expect(english?.raw).toContain('Auto-Submitted: auto-generated');
  const read = readLetter(english?.raw ?? '');
  expect(read.subject).toBe('Turnpike: your sign-in code');
  for (const part of [read.text, read.html]) expect(part).toContain('1234 5678');
  expect(readLetter(chinese?.raw ?? '')).toMatchObject({ subject: 'Turnpike：登录验证码' });
  expect(readLetter(chinese?.raw ?? '').text).toContain('请在登录页输入以下验证码');
});

test('what the mail server says is a fault, without its words', async () => {
  const cases: [SmtpServerOptions, string, object][] = [
    [{}, 'nobody@example.com', { fault: 'refused', answer: '550 5.1.1' }],
    [{ answers: ['554 5.7.1 spam'] }, TO, { fault: 'refused', answer: '554 5.7.1' }],
    [{ answers: ['451 4.3.0 later'] }, TO, { fault: 'busy', answer: '451 4.3.0' }],
    [{ account: { ...ACCOUNT, password: 'other' } }, TO, { fault: 'not-signed-in', answer: '535 5.7.8' }],
  ];
  for (const [options, to, expected] of cases) {
    const { mailer, server } = await open(options);
    expect(await mailer.deliver(letterTo(to))).toEqual(expected as never);
    await server.close();
  }
  const { mailer, server } = await open();
  await server.close();
  expect(await mailer.deliver(letterTo(TO))).toEqual({ fault: 'unreachable', answer: '' });
});

test('a mail server that says nothing is given up', async () => {
  const clock = new ManualClock();
  const { mailer } = await open({ isSilent: true }, undefined, clock);
  const outcome = mailer.deliver(letterTo(TO));
  while (clock.pendingTimers === 0) await Bun.sleep(1);
  await clock.advance(30_000);
  expect(await outcome).toEqual({ fault: 'timed-out', answer: '' });
});

test('a password is not sent in the clear beyond this machine, nor to a certificate that nobody knows', async () => {
  // A name that leads here and is not one of loopback's.
  const { mailer, server } = await open({ account: ACCOUNT }, 'smtp://CREDENTIALS[::ffff:127.0.0.1]:PORT');
  expect(await mailer.deliver(letterTo(TO))).toMatchObject({ fault: 'not-trusted' });
  expect(server.lines.join('\n')).not.toContain('AUTH');
  await server.close();
  const certificate = makeTestCertificates('localhost')?.selfSigned;
  if (certificate === undefined) return;
  const secure = await open({ account: ACCOUNT, certificate }, 'smtps://CREDENTIALS127.0.0.1:PORT');
  expect(await secure.mailer.deliver(letterTo(TO))).toMatchObject({ fault: 'not-trusted' });
  expect(secure.server.lines).toEqual([]);
});

test('who posts a letter waits for nothing; one that is put off is tried again, one that is refused is not', async () => {
  const clock = new ManualClock();
  const { mailer, server } = await open(
    { answers: ['451 4.3.0 later', '451 4.3.0 later'] },
    undefined,
    clock,
  );
  logged.length = 0;
  mailer.post(letterTo('first@example.com'));
  mailer.post(letterTo('nobody@example.com'));
  mailer.post(letterTo('third@example.com'));
  while (logged.length < 3) await Bun.sleep(1);
  await clock.advance(2_000);
  expect([(await server.next()).to, (await server.next()).to].sort()).toEqual([
    'first@example.com',
    'third@example.com',
  ]);
  await mailer.close();
  expect(logged.filter((line) => line.startsWith('mail-lost'))).toHaveLength(1);
  expect(logged.join('\n')).not.toMatch(/example\.com|1234 5678/);
});

test('letters that wait are bounded, and a stop sends what it can', async () => {
  const { mailer, server } = await open();
  logged.length = 0;
  for (let letter = 0; letter < 600; letter += 1) mailer.post(letterTo(`p${letter}@example.com`));
  expect(logged.filter((line) => line.includes('too-many-wait')).length).toBeGreaterThanOrEqual(99);
  await mailer.close();
  expect(server.letters.length).toBeGreaterThan(0);
  expect(server.letters.length).toBeLessThanOrEqual(501);
});

test('settings that cannot be used are reported, and a password never', () => {
  const problemsOf = (variables: Record<string, string>) => {
    const problems: { name: string; kind: string }[] = [];
    readMailSettings(
      (name) => variables[name],
      (problem) => problems.push(problem),
    );
    return problems;
  };
  const from = { TURNPIKE_MAIL_FROM: 'post@example.com' };
  for (const url of [
    'http://h',
    'smtp://',
    'smtp://a:secret@h/path',
    'smtp.example.com',
    'smtp://%zz:secret@h',
  ]) {
    const problems = problemsOf({ ...from, TURNPIKE_SMTP_URL: url });
    expect(problems).toEqual([{ kind: 'smtp-url', name: 'TURNPIKE_SMTP_URL' }]);
  }
  expect(problemsOf({ TURNPIKE_SMTP_URL: 'smtp://h' }).map(({ kind }) => kind)).toEqual(['needs']);
  expect(problemsOf({ TURNPIKE_MAIL_FROM: 'A\r\nBcc: x <a@b.example>' })).toHaveLength(1);
  expect(settingsOf({ ...from, TURNPIKE_SMTP_URL: 'smtps://h' }).server).toMatchObject({
    port: 465,
    isTls: true,
  });
  expect(settingsOf({ ...from, TURNPIKE_SMTP_URL: 'smtp://u:p%40@h' }).server).toMatchObject({
    ...{ port: 587, isTls: false, user: 'u', password: 'p@' },
  });
});
