import { sendAlertLetters } from '../console/alert-letters.ts';
import { AlertWatch } from '../console/alert-watch.ts';
import { seedCatalogue } from '../console/seed-catalogue.ts';
import { homeRoute } from '../http/home-route.ts';
import type { RunningServer } from '../http/server.ts';
import { webPages } from '../http/web-pages.ts';
import { isSetUpOpen } from '../identity/set-up-installation.ts';
import type { Notice, NoticeSentences } from '../language/sentences.ts';
import { sentencesIn } from '../language/sentences-in.ts';
import { errorFact } from '../ports/error-fact.ts';
import type { Log } from '../ports/log.ts';
import type { LetterOffice, Mailer } from '../ports/mailer.ts';
import type { Storage } from '../storage/storage.ts';
import { StorageNotOpened } from '../storage/storage-error.ts';
import { type CommandContext, createCommandContext } from './commands/command-context.ts';
import { createCommandRunner } from './commands/run-command.ts';
import { compose, type Foundations, type Program } from './compose.ts';
import { type ApiFoundations, composeApi } from './compose-api.ts';
import { composeChat } from './compose-chat.ts';
import { composeSignIn } from './compose-sign-in.ts';
import { type Config, readConfig, type ServeOptions } from './config.ts';
import { serveControl } from './control-socket.ts';
import { makeDataFolder } from './data-folder.ts';
import { isHeld, waitForDataLock } from './data-lock.ts';
import { openDatabase, shownDatabase } from './database-place.ts';
import { notOpenedNotice } from './describe-not-opened.ts';
import { answeringNow, homePageFacts, isPartlySimulated, startAnswers } from './describe-program.ts';
import { checkLocalEngine } from './doctor/check-local-engine.ts';
import { checkMail } from './doctor/check-mail.ts';
import { type DoctorScene, diagnose } from './doctor/diagnose.ts';
import { findOllama } from './find-ollama.ts';
import { prepareInstallation } from './first-start.ts';
import { freePort } from './free-port.ts';
import { createJsonLog } from './json-log.ts';
import { openLocalModel } from './local-model.ts';
import { nameInLetters } from './mail/mailer-of-environment.ts';
import { openMailer } from './mail/open-mailer.ts';
import { reachableUrl } from './own-url.ts';
import { noticeLines } from './print-notice.ts';
import { startLines } from './print-start.ts';
import { readPages } from './read-pages.ts';
import { joinReplicas } from './replica.ts';
import { openSecretBox } from './secret-box.ts';
import { KeyFileUnusable } from './secret-key-file.ts';
import { drain, untilAborted, watchSignals } from './shut-down.ts';
import { systemClock as clock } from './system-clock.ts';
import { systemRandom as random } from './system-random.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

/** A server that is being killed, or ends while a supervisor starts the next, is given this long to be gone. */
const DYING_HOLDER_MS = 3000;

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
  const log = createJsonLog(process.stderr, config.logLevel, clock);

  // A bug in one request must not end the others; it is reported, and its hold is ended by the next start at latest.
  process.on('unhandledRejection', (reason) => log.error('assertion-broken', { error: errorFact(reason) }));

  makeDataFolder(config.dataDir);
  const lock = await waitForDataLock(clock, config.dataDir, DYING_HOLDER_MS);
  if (isHeld(lock)) return fail(notices.folderInUse(config.dataDir, lock.heldBy));
  const stop = new AbortController();
  const { hurry, unwatch } = watchSignals(stop);
  // Closed in the reverse order of their opening, also when a later one fails to open.
  const closers: (() => unknown)[] = [unwatch, () => lock.release()];
  try {
    const storage = await openWatched(config, log, terminal);
    closers.push(() => storage.close());
    const box = openSecretBox(config.dataDir);
    const processId = random.uuid();
    let program: Program | undefined;
    let ownUrl = '';
    const replica = await joinReplicas({ storage, processId, clock, log, program: () => program });
    closers.push(() => replica.leave());
    const mail = openLetters(config, log, closers);
    const context = createCommandContext({
      ...{ dataDir: config.dataDir, storage, clock, random, seal: box.seal, processId, mail },
      ...{ ownUrl: () => ownUrl, fixedSettings: config.registration },
      changed: (change) => program?.changed(change),
      diagnose: () =>
        diagnoseServer(config, environment, storage, mail.mailer, (model) => answeringNow(program, model)),
    });
    await replica.alone(() => seedCatalogue(context));
    const local = await openLocalModel({ config, storage, terminal, log, signal: stop.signal });
    if (local !== undefined) closers.push(() => local.stop());
    if (stop.signal.aborted) return 0;

    const moneyMoved = watchAlerts(context, log, closers);
    program = await compose({ config, storage, log, processId, unseal: box.open, moneyMoved });
    closers.push(program.close);
    // What was changed while it was put together.
    if (storage.sharing !== undefined) program.everythingChanged();
    if (local !== undefined) program.localModel.took(local);

    const ollamaUrl = isPartlySimulated(program) ? await findOllama() : undefined;
    const server = await listen(program, ollamaUrl !== undefined, closers, {
      ...{ config, environment, storage, log, context, processId, mail, secret: box.derive('sign-in') },
    });
    ownUrl = config.publicUrl ?? reachableUrl(server.url);
    const control = serveControl({ dataDir: config.dataDir, run: createCommandRunner(context, log) });
    closers.push(() => control.close());
    // Last of all: a start that is stopped or fails before this must not lose the key, which is shown once.
    const prepared = await replica.alone(() => prepareInstallation(context, config));

    terminal.write(
      startLines(
        {
          version: VERSION,
          baseUrl: server.url,
          dataDir: config.dataDir,
          database: config.databaseUrl && shownDatabase(config.databaseUrl),
          mail: mail.mailer,
          limitsOff: !config.limitsEnabled,
          answers: startAnswers(program),
          unusedSettings: config.unused,
          ollamaUrl,
          ...prepared,
        },
        terminal.language,
        terminal.look,
      ),
    );
    const { engine } = storage;
    log.info('started', { url: server.url, version: VERSION, limits: config.limitsEnabled, engine });
    program.warmUp();
    await untilAborted(stop.signal);
    await drain(program, server, config, terminal, hurry);
    return 0;
  } catch (error) {
    const notice = await whyNotStarted(error, config, notices);
    if (notice !== undefined) return fail(notice);
    throw error;
  } finally {
    await closeAll(closers, log);
  }
}

function diagnoseServer(
  { dataDir }: Config,
  variables: Readonly<Record<string, string | undefined>>,
  storage: Storage,
  mailer: Mailer,
  answering: NonNullable<DoctorScene['answering']>,
): ReturnType<typeof diagnose> {
  return diagnose({
    ...{ dataDir, variables, clock, answering, holder: 'server', database: { kind: 'open', storage } },
    more: async () => [...(await checkLocalEngine(dataDir)), ...(await checkMail(mailer))],
  });
}

/** What keeps the server from starting, if it is something that a person can do something about. */
async function whyNotStarted(
  error: unknown,
  config: Config,
  notices: NoticeSentences,
): Promise<Notice | undefined> {
  if (error instanceof StorageNotOpened) return notOpenedNotice(error, config, notices);
  if (error instanceof KeyFileUnusable) return notices.keyFileUnusable(error.path);
  const code = (error as { code?: string }).code ?? '';
  if (code === 'EADDRINUSE') return notices.portInUse(config.host, config.port, await freePort(config.host));
  return UNUSABLE_HOST.includes(code) ? notices.hostUnusable(config.host) : undefined;
}

/** A file too large to be checked first is checked while it serves. If it is damaged, `/readyz` says no from then on. */
function openWatched(config: Config, log: Log, { language, look, write }: Terminal): Promise<Storage> {
  const { notices } = sentencesIn(language);
  return openDatabase(config, (path) => {
    log.error('database-damaged', { path });
    write(noticeLines(notices.databaseNotOpened('damaged', path), 'failure', look));
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

function watchAlerts(
  context: CommandContext,
  log: Log,
  closers: (() => unknown)[],
): Foundations['moneyMoved'] {
  const alerts = new AlertWatch({
    clock,
    look: (organizationId) => sendAlertLetters(context, organizationId),
    onFailure: (error) => log.warn('alert-not-looked-at', { error: errorFact(error) }),
  });
  closers.push(() => alerts.close());
  return (organizationId) => alerts.moved(organizationId);
}

function openLetters(config: Config, log: Log, closers: (() => unknown)[]): LetterOffice {
  const { dataDir, mail: settings, publicUrl } = config;
  const mailer = openMailer({ settings, dataDir, clock, random, log });
  closers.push(() => mailer.close());
  return { mailer, host: nameInLetters(publicUrl) };
}

async function listen(
  program: Program,
  ollamaFound: boolean,
  closers: (() => unknown)[],
  foundations: Pick<ApiFoundations, 'config' | 'environment' | 'storage' | 'log' | 'context'> & {
    readonly processId: string;
    readonly secret: string;
    readonly mail: LetterOffice;
  },
): Promise<RunningServer> {
  const pages = webPages(await readPages());
  let configuredUrl = '';
  const home = homeRoute(
    async (baseUrl) => ({
      ...homePageFacts(program, baseUrl, ollamaFound),
      hasConsole: pages.routes.length > 0,
      // The page is there also while the database is not.
      isSetUpOpen: await isSetUpOpen(foundations.storage).catch(() => false),
    }),
    () => configuredUrl,
  );
  const signIn = composeSignIn({
    ...foundations,
    mailer: foundations.mail.mailer,
    providers: foundations.config.providers,
    // Whoever is not known cannot make themselves an account.
    isOpen: false,
    publicUrl: foundations.config.publicUrl,
    listeningUrl: () => configuredUrl,
  });
  const { storage, log, processId } = foundations;
  const chat = await composeChat(storage, log, processId);
  closers.push(chat.close);
  const api = composeApi({
    ...foundations,
    program,
    chat: chat.converse,
    readSession: signIn.readSession,
    signInAs: signIn.signInAs,
    configuredUrl: () => configuredUrl,
  });
  const server = program.listen([home, ...pages.routes], [api, signIn.subtree, ...pages.subtrees]);
  closers.push(() => server.stop(true));
  configuredUrl = reachableUrl(server.url);
  return server;
}
