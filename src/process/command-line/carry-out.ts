import { sleep } from '../../ports/clock.ts';
import { callControl } from '../call-control.ts';
import type { CommandName } from '../commands/all-commands.ts';
import type { Command } from '../commands/command.ts';
import { isJsonObject, type JsonValue } from '../commands/json-value.ts';
import type { CommandAnswer } from '../commands/run-command.ts';
import { isFolder, makeDataFolder } from '../data-folder.ts';
import { acquireDataLock, type DataFolderHeld, type DataLock, isHeld } from '../data-lock.ts';
import { type CarriedOut, unreached } from './carried-out.ts';
import type { CommandLineEnvironment } from './environment.ts';
import { runDoctor, runHere } from './run-here.ts';

/** How long a server that starts or stops, or another command, may have the folder. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 100;
/** A command that takes longer has got stuck; but what reads a whole database takes as long as there is data. */
const DEADLINE_MS = 120_000;
const WHOLE_DATABASE_DEADLINE_MS = 6 * 3_600_000 + 30_000;
const OF_WHOLE_DATABASE: readonly CommandName[] = ['audit', 'backup'];

/**
 * Has a command carried out where the data is: by the server if one runs on the folder, else here, under the folder's
 * lock. So there is never a second writer, whichever comes first.
 */
export async function carryOut(
  environment: CommandLineEnvironment,
  command: Command<CommandName>,
  input: JsonValue,
): Promise<CarriedOut> {
  const { dataDir, clock } = environment;
  const request = { command: command.name, input };
  const deadlineMs = OF_WHOLE_DATABASE.includes(command.name) ? WHOLE_DATABASE_DEADLINE_MS : DEADLINE_MS;
  const giveUpAtMs = clock.monotonicMs() + PATIENCE_MS;
  for (;;) {
    const reply = await callControl(dataDir, request, deadlineMs);
    if (reply.kind === 'answered') return readAnswer(reply.answer);
    if (reply.kind === 'not-taken') return unreached({ code: 'not-taken' });
    if (reply.kind === 'unknown') return unreached({ code: 'no-reply' });

    const lock = await takeFolder(environment, command);
    if ('outcome' in lock) return lock;
    if (!isHeld(lock)) {
      try {
        return await runHere(environment, command, request);
      } finally {
        lock.release();
      }
    }
    if (clock.monotonicMs() >= giveUpAtMs) return giveUp(environment, command, lock.heldBy);
    await sleep(clock, PAUSE_MS);
  }
}

/**
 * The folder's lock, or why there is none to be had. A command that changes something may begin a folder; one that
 * only looks must not make what it looks for.
 */
async function takeFolder(
  environment: CommandLineEnvironment,
  { mutates, name }: Command<CommandName>,
): Promise<DataLock | DataFolderHeld | CarriedOut> {
  const { dataDir: path } = environment;
  const isThere = isFolder(path);
  if (!isThere && name === 'doctor') return looked(environment);
  if (!isThere && !mutates) return unreached({ code: 'no-folder', path });
  try {
    if (!isThere) makeDataFolder(path);
  } catch {
    return unreached({ code: 'folder-not-made', path });
  }
  try {
    return await acquireDataLock(path);
  } catch {
    return name === 'doctor' ? looked(environment) : unreached({ code: 'folder-not-usable', path });
  }
}

function looked(environment: CommandLineEnvironment): Promise<CommandAnswer> {
  return runDoctor(environment, { database: { kind: 'not-looked-at' }, holder: 'nobody' });
}

function giveUp(
  environment: CommandLineEnvironment,
  { name }: Command<CommandName>,
  pid: number | undefined,
): CarriedOut | Promise<CommandAnswer> {
  if (name !== 'doctor') return unreached({ code: 'folder-held', path: environment.dataDir, pid });
  return runDoctor(environment, { database: { kind: 'not-looked-at' }, holder: { pid } });
}

/** What the server answered. It may be of another version, so its word is looked at before it is believed. */
function readAnswer(answer: JsonValue): CarriedOut {
  const isAnswer =
    isJsonObject(answer) &&
    ((answer.outcome === 'done' && isJsonObject(answer.value)) ||
      (answer.outcome === 'refused' &&
        isJsonObject(answer.refusal) &&
        typeof answer.refusal.code === 'string') ||
      (answer.outcome === 'fault' && isJsonObject(answer.fault)));
  return isAnswer
    ? (answer as unknown as CommandAnswer)
    : { outcome: 'fault', fault: { code: 'unknown-command' } };
}
