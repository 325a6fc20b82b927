import { afterAll, expect, test } from 'bun:test';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layOutLetter, lettersIn } from '../../src/language/letters.ts';
import { MailFolder } from '../../src/process/mail/mail-folder.ts';
import { openMailer } from '../../src/process/mail/open-mailer.ts';
import { systemClock as clock } from '../../src/process/system-clock.ts';
import { systemRandom as random } from '../../src/process/system-random.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';
import { readLetter, startSmtpServer } from '../fakes/smtp-server.ts';
import { temporaryFolder } from '../process/temporary-folder.ts';

/** Letters of an installation that names no mail server. */

const folder = temporaryFolder();
const servers: RunningServer[] = [];
afterAll(async () => {
  folder.remove();
  for (const server of servers) await stopServer(server);
});

const silent = { info() {}, warn() {}, error() {} };
const settings = { server: undefined, from: 'Turnpike <turnpike@localhost>' };
const modeOf = (path: string) => statSync(path).mode & 0o777;

test('letters are files of their owner, with nothing of whom they are for in their names', async () => {
  const mailer = openMailer({ settings, dataDir: folder.path, clock, random, log: silent });
  const letter = layOutLetter(lettersIn('zh').resetPassword('h', 'https://h/reset?token=t', 30), 'zh');
  expect(await mailer.deliver({ to: 'arthur@example.com', ...letter })).toBe('sent');
  expect(mailer).toMatchObject({ kind: 'folder', place: join(folder.path, 'mail') });
  const [name = ''] = readdirSync(mailer.place);
  expect(name).toMatch(/^2\d{3}-\d\d-\d\dT\d{6}\.\d{3}Z-[0-9a-f]{12}\.eml$/);
  expect([modeOf(mailer.place), modeOf(join(mailer.place, name))]).toEqual([0o700, 0o600]);
  const raw = readFileSync(join(mailer.place, name), 'utf8');
  expect(raw).toContain('To: arthur@example.com');
  expect(readLetter(raw)).toMatchObject({ subject: letter.subject });
  expect(readLetter(raw).text).toContain('https://h/reset?token=t');
});

test('of many letters the newest are kept', async () => {
  let nowMs = Date.UTC(2026, 10, 29);
  const own = temporaryFolder();
  const letters = new MailFolder(own.path, { nowMs: () => nowMs }, random);
  await letters.prepare();
  writeFileSync(join(letters.path, 'note.txt'), 'the operator’s own');
  for (let letter = 0; letter < 205; letter += 1) {
    nowMs += 1_000;
    await letters.add(Buffer.from(`letter ${letter}`));
  }
  const kept = readdirSync(letters.path).filter((name) => name.endsWith('.eml'));
  expect(kept).toHaveLength(200);
  expect(readFileSync(join(letters.path, kept.sort()[0] ?? ''), 'utf8')).toBe('letter 5');
  expect(readdirSync(letters.path)).toContain('note.txt');
  own.remove();
});

test('a letter that cannot be written is a failure and no crash', async () => {
  const mailer = openMailer({ settings, dataDir: '/dev/null', clock, random, log: silent });
  const letter = { to: 'a@example.com', subject: 's', text: 't', html: 'h' };
  expect(await mailer.deliver(letter)).toEqual({ fault: 'not-writable', answer: '' });
  expect(await mailer.check()).toEqual({ fault: 'not-writable', answer: '' });
});

test('the start and the doctor say where letters go, and a test letter goes there', async () => {
  const server = await startServer();
  servers.push(server);
  expect(server.output()).toContain(`Mail     files in ${join(server.dataDir, 'mail')}`);
  const checks = JSON.stringify(await server.turnpike('doctor'));
  expect(checks).toContain('mail-to-folder');
  const sent = await server.turnpike('mail', 'test', 'arthur@example.com', '--language', 'zh');
  expect(sent).toMatchObject({ address: 'arthur@example.com', by: 'folder' });
  const [name = ''] = readdirSync(join(server.dataDir, 'mail'));
  expect(readLetter(readFileSync(join(server.dataDir, 'mail', name), 'utf8')).subject).toBe(
    'Turnpike：测试邮件',
  );
});

test('with a mail server, its name is shown, the password nowhere, and a refusal is told in words', async () => {
  const smtp = await startSmtpServer({ account: { user: 'post', password: 'canary-mail-7c1e' } });
  const server = await startServer({
    TURNPIKE_SMTP_URL: `smtp://post:canary-mail-7c1e@127.0.0.1:${smtp.port}`,
    TURNPIKE_MAIL_FROM: 'Turnpike <post@example.com>',
  });
  servers.push(server);
  expect(server.output()).toContain(`Mail     127.0.0.1:${smtp.port}`);
  expect(JSON.stringify(await server.turnpike('doctor'))).toContain('mail-by-server');
  await server.turnpike('mail', 'test', 'arthur@example.com');
  expect(await smtp.next()).toMatchObject({ to: 'arthur@example.com', from: 'post@example.com' });
  const refused = await server.run('mail', 'test', 'nobody@example.com');
  expect(refused.exitCode).toBe(1);
  expect(refused.stdout + refused.stderr).toContain('it does not take this letter (550 5.1.1)');
  await smtp.close();
  const away = await server.run('doctor');
  expect([away.exitCode, away.stdout]).toEqual([1, expect.stringContaining('it cannot be reached')]);
  expect(server.output() + server.log() + away.stdout + refused.stderr).not.toContain('canary-mail');
});
