import { seedCatalogue } from '../../console/seed-catalogue.ts';
import { completeSignUps } from '../../identity/sign-up-credit.ts';
import type { Storage } from '../../storage/storage.ts';
import { StorageNotOpened, StorageUnavailable } from '../../storage/storage-error.ts';
import type { CommandName } from '../commands/all-commands.ts';
import type { Command } from '../commands/command.ts';
import { createCommandContext } from '../commands/command-context.ts';
import { isJsonObject, type JsonValue } from '../commands/json-value.ts';
import { presentDiagnosis } from '../commands/present-diagnosis.ts';
import { answerWith, type CommandAnswer, createCommandRunner } from '../commands/run-command.ts';
import { type DoctorScene, diagnose } from '../doctor/diagnose.ts';
import { settledUrl } from '../own-url.ts';
import { readRegistrationVariables } from '../registration-environment.ts';
import { type CarriedOut, unreached } from './carried-out.ts';
import type { CommandLineEnvironment } from './environment.ts';

/** Runs a command in this process, which has the folder's lock. */
export async function runHere(
  environment: CommandLineEnvironment,
  command: Command<CommandName>,
  request: JsonValue,
): Promise<CarriedOut> {
  const { dataDir, database, clock, openStorage } = environment;
  if (command.runOnFolder !== undefined) {
    const input = isJsonObject(request) ? (request.input ?? {}) : {};
    return answerWith(await command.runOnFolder({ dataDir, database, clock, openStorage }, input));
  }
  let storage: Storage;
  try {
    storage = await environment.openStorage(dataDir);
  } catch (error) {
    if (command.name === 'doctor') {
      return runDoctor(environment, { database: { kind: 'failed', error }, holder: 'nobody' });
    }
    if (!(error instanceof StorageNotOpened)) throw error;
    return unreached({ code: 'not-opened', path: environment.database ?? dataDir, reason: error.reason });
  }
  try {
    return await runOn(storage, environment, command, request);
  } catch (error) {
    if (!(error instanceof StorageUnavailable)) throw error;
    return { outcome: 'fault', fault: { code: 'storage', maybeDone: false } };
  } finally {
    await storage.close();
  }
}

async function runOn(
  storage: Storage,
  environment: CommandLineEnvironment,
  command: Command<CommandName>,
  request: JsonValue,
): Promise<CommandAnswer> {
  const { clock, random, seal, stderr, copyDatabase } = environment;
  const context = createCommandContext({
    dataDir: environment.dataDir,
    storage,
    clock,
    random,
    seal,
    fixedSettings: readRegistrationVariables(environment.variables, () => {}),
    ownUrl: () => settledUrl(environment.variables),
    // No server remembers anything that a change could make untrue.
    changed: () => {},
    diagnose: () => diagnose(sceneOf(environment, { database: { kind: 'open', storage }, holder: 'nobody' })),
    mail: environment.mail?.(),
    copyDatabase: copyDatabase && ((toUrl) => copyDatabase(storage, toUrl)),
  });
  if (command.mutates) {
    // A folder that no server has begun yet, or one whose server died in the middle of a sign-up.
    await seedCatalogue(context);
    await completeSignUps(context);
  }
  const run = createCommandRunner(context, {
    error: (event, facts) => void stderr(`${JSON.stringify({ event, ...facts })}\n`),
  });
  return run(request);
}

/** The doctor's answer where no command can run: it is there for that. */
export async function runDoctor(
  environment: CommandLineEnvironment,
  found: Pick<DoctorScene, 'database' | 'holder'>,
): Promise<CommandAnswer> {
  return { outcome: 'done', value: presentDiagnosis(await diagnose(sceneOf(environment, found))) };
}

function sceneOf(
  { dataDir, variables, clock, checks }: CommandLineEnvironment,
  found: Pick<DoctorScene, 'database' | 'holder'>,
): DoctorScene {
  return { dataDir, variables, clock, more: checks, ...found };
}
