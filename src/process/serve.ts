import { join } from 'node:path';
import { seedCatalogue } from '../console/seed-catalogue.ts';
import { homeRoute } from '../http/home-route.ts';
import type { RunningServer } from '../http/server.ts';
import type { Notice } from '../language/sentences.ts';
import { sentencesIn } from '../language/sentences-in.ts';
import { errorFact } from '../ports/error-fact.ts';
import type { Log } from '../ports/log.ts';
import { openSqliteStorage } from '../storage/sqlite/storage.ts';
import type { Storage } from '../storage/storage.ts';
import { StorageNotOpened } from '../storage/storage-error.ts';
import { createCommandContext } from './commands/command-context.ts';
import { createCommandRunner } from './commands/run-command.ts';
import { compose, type Program } from './compose.ts';
import { readConfig, type ServeOptions } from './config.ts';
import { serveControl } from './control-socket.ts';
import { makeDataFolder } from './data-folder.ts';
import { acquireDataLock, isHeld } from './data-lock.ts';
import { DATABASE_FILE } from './database-file.ts';
import { answeringNow, homePageFacts, isSimulated, startAnswers } from './describe-program.ts';
import { checkLocalEngine } from './doctor/check-local-engine.ts';
import { diagnose } from './doctor/diagnose.ts';
import { findOllama } from './find-ollama.ts';
import { prepareInstallation } from './first-start.ts';
import { freePort } from './free-port.ts';
import { createJsonLog } from './json-log.ts';
import { openLocalModel } from './local-model.ts';
import { noticeLines } from './print-notice.ts';
import { startLines } from './print-start.ts';
import { openSecretBox } from './secret-box.ts';
import { KeyFileUnusable } from './secret-key-file.ts';
import { drain, untilAborted, watchSignals } from './shut-down.ts';
import { systemClock as clock } from './system-clock.ts';
import { systemRandom as random } from './system-random.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

/** What the system says of an address that is not this machine's, or of a port that is not everybody's. */
const UNUSABLE_HOST = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EINVAL', 'EACCES'];

/**
 * `turnpike serve`: opens everything from the ground up, serves until it is told to stop, and closes everything from
 * the top down. Answers the exit code; what keeps it from starting is said in words.
 */
export async function serve(
  environment: Readonly<Record<string, string | undefined>>,
  options: ServeOptions,
  terminal: Terminal,
): Promise<number> {
  const { notices } = sentencesIn(terminal.language);
  const fail = (notice: Notice) => {
    terminal.write(noticeLines(notice, 'failure', terminal.look));
    return 1;
  };
  const settings = readConfig(environment, options, { isTerminal: terminal.isTerminal });
  if ('problems' in settings) return fail(notices.badConfiguration(settings.problems));
  const { config } = settings;
  const log = createJsonLog(process.stderr, config.logLevel, Date.now);

  // A bug in one request must not end the others; it is reported, and its hold is ended by the next start at latest.
  process.on('unhandledRejection', (reason) => log.error('assertion-broken', { error: errorFact(reason) }));

  makeDataFolder(config.dataDir);
  const lock = await acquireDataLock(config.dataDir);
  if (isHeld(lock)) return fail(notices.folderInUse(config.dataDir, lock.heldBy));
  const databasePath = join(config.dataDir, DATABASE_FILE);
  const stop = new AbortController();
  const { hurry, unwatch } = watchSignals(stop);
  // Closed in the reverse order of their opening, also when a later one fails to open.
  const closers: (() => unknown)[] = [unwatch, () => lock.release()];
  try {
    const storage = await openDatabase(databasePath, log, terminal);
    closers.push(() => storage.close());
    const box = openSecretBox(config.dataDir);
    const processId = random.uuid();
    await endLostHolds(storage, processId, log);
    await storage.idempotency.interruptClaimsOfOthers(processId);

    let program: Program | undefined;
    const context = createCommandContext({
      dataDir: config.dataDir,
      storage,
      clock,
      random,
      seal: box.seal,
      processId,
      changed: (change) => program?.changed(change),
      diagnose: () =>
        diagnose({
          dataDir: config.dataDir,
          variables: environment,
          clock,
          database: { kind: 'open', storage },
          holder: 'server',
          answering: (model) => answeringNow(program, model),
          more: () => checkLocalEngine(config.dataDir),
        }),
    });
    await seedCatalogue(context);
    const local = await openLocalModel({ config, storage, terminal, log, signal: stop.signal });
    if (local !== undefined) closers.push(() => local.stop());
    if (stop.signal.aborted) return 0;

    program = await compose({ config, storage, log, processId, unseal: box.open });
    closers.push(program.close);
    program.upstreams.setLocal(local);

    const ollamaUrl = isSimulated(program) ? await findOllama() : undefined;
    const server = listen(program, ollamaUrl !== undefined);
    closers.push(() => server.stop(true));
    const control = serveControl({ dataDir: config.dataDir, run: createCommandRunner(context, log) });
    closers.push(() => control.close());
    // Last of all: a start that is stopped or fails before this must not lose the key, which is shown once.
    const first = await prepareInstallation(context, config);

    terminal.write(
      startLines(
        {
          version: VERSION,
          baseUrl: server.url,
          dataDir: config.dataDir,
          limitsOff: !config.limitsEnabled,
          answers: startAnswers(program),
          unusedSettings: config.unused,
          ollamaUrl,
          first,
        },
        terminal.language,
        terminal.look,
      ),
    );
    log.info('started', { url: server.url, version: VERSION, limits: config.limitsEnabled });
    program.warmUp();
    await untilAborted(stop.signal);
    await drain(program, server, config, terminal, hurry);
    return 0;
  } catch (error) {
    if (error instanceof StorageNotOpened) return fail(notices.databaseNotOpened(error.reason, databasePath));
    if (error instanceof KeyFileUnusable) return fail(notices.keyFileUnusable(error.path));
    const code = (error as { code?: string }).code;
    if (code === 'EADDRINUSE')
      return fail(notices.portInUse(config.host, config.port, await freePort(config.host)));
    if (UNUSABLE_HOST.includes(code ?? '')) return fail(notices.hostUnusable(config.host));
    throw error;
  } finally {
    await closeAll(closers, log);
  }
}

/** What a process that died had set aside is charged as far as it was noted, and else given back. */
async function endLostHolds({ ledger }: Storage, processId: string, log: Log): Promise<void> {
  const { expired } = await ledger.expireHoldsOfOthers(processId, clock.nowMs());
  if (expired > 0) log.warn('holds-of-a-dead-process-ended', { holds: expired });
}

/** A file too large to be checked first is checked while it serves. If it is damaged, `/readyz` says no from then on. */
function openDatabase(path: string, log: Log, { language, look, write }: Terminal): Promise<Storage> {
  const { notices } = sentencesIn(language);
  return openSqliteStorage({
    path,
    onDamage() {
      log.error('database-damaged', { path });
      write(noticeLines(notices.databaseNotOpened('damaged', path), 'failure', look));
    },
  });
}

/** From the top down. What does not close must not keep what is below it open, the storage and the lock above all. */
async function closeAll(closers: readonly (() => unknown)[], log: Log): Promise<void> {
  for (const close of [...closers].reverse()) {
    try {
      await close();
    } catch (error) {
      log.error('not-closed', { error: errorFact(error) });
    }
  }
}

function listen(program: Program, ollamaFound: boolean): RunningServer {
  let configuredUrl = '';
  const server = program.listen([
    homeRoute(
      (baseUrl) => homePageFacts(program, baseUrl, ollamaFound),
      () => configuredUrl,
    ),
  ]);
  // Whoever listens everywhere is reached under this name on the machine itself.
  configuredUrl = server.url.replace(/\/\/(?:0\.0\.0\.0|\[::\])/, '//127.0.0.1');
  return server;
}
