/**
 * The command line as a process of its own, for the tests beside it: everything is real but the server. With
 * `serve-commands` it is a server without HTTP: it takes the folder's lock and commands over the control socket.
 */
import { join } from 'node:path';
import { processEnvironment } from '../../src/process/command-line/process-environment.ts';
import { runCommandLine } from '../../src/process/command-line/run-command-line.ts';
import { createCommandContext } from '../../src/process/commands/command-context.ts';
import { createCommandRunner } from '../../src/process/commands/run-command.ts';
import { serveControl } from '../../src/process/control-socket.ts';
import { copyDatabase } from '../../src/process/copy-database.ts';
import { makeDataFolder } from '../../src/process/data-folder.ts';
import { acquireDataLock, isHeld } from '../../src/process/data-lock.ts';
import { diagnose } from '../../src/process/doctor/diagnose.ts';
import { openSecretBox } from '../../src/process/secret-box.ts';
import { systemClock as clock } from '../../src/process/system-clock.ts';
import { systemRandom as random } from '../../src/process/system-random.ts';
import { openSqliteStorage } from '../../src/storage/sqlite/storage.ts';
import type { Storage } from '../../src/storage/storage.ts';

const dataDir = process.env.TURNPIKE_DATA_DIR ?? '';
const openStorage = (folder: string) => openSqliteStorage({ path: join(folder, 'turnpike.db') });
const copy = (opened: Storage, toUrl: string) =>
  copyDatabase({ dataDir, databaseUrl: undefined }, opened, toUrl);
const seal = (text: string) => openSecretBox(dataDir).seal(text);

async function serveCommands(): Promise<void> {
  makeDataFolder(dataDir);
  const lock = await acquireDataLock(dataDir);
  if (isHeld(lock)) {
    console.log(`held by ${lock.heldBy}`);
    process.exit(1);
  }
  const storage = await openStorage(dataDir);
  const changes: string[] = [];
  const context = createCommandContext({
    dataDir,
    storage,
    clock,
    random,
    ownUrl: () => 'http://127.0.0.1:7070',
    seal,
    processId: 'test-server',
    changed: ({ kind, id }) => changes.push(`${kind} ${id}`),
    diagnose: () =>
      diagnose({
        dataDir,
        clock,
        variables: process.env,
        database: { kind: 'open', storage },
        holder: 'server',
        answering: () => ({ channel: 'test', simulated: false }),
      }),
  });
  const run = createCommandRunner(context, { error: (event, facts) => console.error(event, facts) });
  const control = serveControl({ dataDir, run });
  console.log('ready');
  process.on('SIGTERM', async () => {
    await control.close();
    await storage.close();
    lock.release();
    console.log(JSON.stringify(changes));
    process.exit(0);
  });
}

const argv = process.argv.slice(2);
if (argv[0] === 'serve-commands') await serveCommands();
else
  process.exit(
    await runCommandLine(argv, processEnvironment({ dataDir, openStorage, seal, copyDatabase: copy })),
  );
