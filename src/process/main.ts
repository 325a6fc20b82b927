import { resolve } from 'node:path';
import { chooseLanguage } from '../language/choose-language.ts';
import { processEnvironment } from './command-line/process-environment.ts';
import { runCommandLine } from './command-line/run-command-line.ts';
import { DEFAULT_DATA_DIR, type ServeOptions } from './config.ts';
import { copyDatabase } from './copy-database.ts';
import { isPostgresUrl, openDatabase, shownDatabase } from './database-place.ts';
import { checkLocalEngine } from './doctor/check-local-engine.ts';
import { checkMail } from './doctor/check-mail.ts';
import { mailerOfEnvironment, nameInLetters } from './mail/mailer-of-environment.ts';
import { openSecretBox } from './secret-box.ts';
import { serve } from './serve.ts';

/** Where the program begins: `serve` is the server, everything else is the command line. */
const dataDir = resolve(process.env.TURNPIKE_DATA_DIR?.trim() || DEFAULT_DATA_DIR);
const databaseUrl = process.env.TURNPIKE_DATABASE_URL?.trim() || undefined;

const environment = processEnvironment({
  dataDir,
  database: databaseUrl && isPostgresUrl(databaseUrl) ? shownDatabase(databaseUrl) : undefined,
  openStorage: (folder) => openDatabase({ dataDir: folder, databaseUrl }),
  seal: (text) => openSecretBox(dataDir).seal(text),
  serve: runServer,
  copyDatabase: (opened, toUrl) => copyDatabase({ dataDir, databaseUrl }, opened, toUrl),
  checks: async () => [...(await checkLocalEngine(dataDir)), ...(await checkMail(mail()?.mailer))],
  mail,
});
process.exit(await runCommandLine(process.argv.slice(2), environment));

function mail() {
  const mailer = mailerOfEnvironment(process.env, dataDir);
  return mailer && { mailer, host: nameInLetters(process.env.TURNPIKE_PUBLIC_URL) };
}

async function runServer(options: ServeOptions): Promise<number> {
  const { stdout, env } = process;
  // Whoever read the start lines may go away (`| head`); the server goes on.
  stdout.on('error', () => {});
  return await serve(env, options, {
    look: {
      color: stdout.isTTY === true && !env.NO_COLOR,
      // A window may be resized while the server runs.
      get width() {
        return stdout.columns ?? 80;
      },
    },
    language: chooseLanguage(env.LC_ALL || env.LC_MESSAGES || env.LANG),
    isTerminal: stdout.isTTY === true,
    write: (text) => void stdout.write(text),
  });
}
