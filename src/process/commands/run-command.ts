import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Log } from '../../ports/log.ts';
import { StorageUnavailable } from '../../storage/storage-error.ts';
import { findCommand } from './all-commands.ts';
import { type Command, isWrongInput, type WrongInput } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';
import { logCommand } from './log-command.ts';

/** What became of a command, in a form that survives the way through a socket. */
export type CommandAnswer =
  | { readonly outcome: 'done'; readonly value: JsonObject }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  | { readonly outcome: 'fault'; readonly fault: CommandFault };

/** Why a command could not be worked on at all. */
export type CommandFault =
  | { readonly code: 'unknown-command' }
  | { readonly code: 'wrong-input'; readonly parameter: string }
  | { readonly code: 'busy' }
  | { readonly code: 'storage'; readonly maybeDone: boolean }
  | { readonly code: 'internal' };

/** Commands that may wait behind another one; a person never has that many. */
const MAXIMUM_WAITING = 64;

/**
 * Answers how to run commands. Those that change something run one after another, so that what a command has looked
 * at is still true when it writes.
 */
export function createCommandRunner(
  context: CommandContext,
  log: Pick<Log, 'error'>,
): (request: JsonValue) => Promise<CommandAnswer> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async (request) => {
    if (!isJsonObject(request) || typeof request.command !== 'string')
      return fault({ code: 'unknown-command' });
    const { command: name, input = {} } = request;
    const command = findCommand(name);
    if (command === undefined) return fault({ code: 'unknown-command' });
    const run = () => answer(context, log, command, input);
    if (!command.mutates) return run();
    if (waiting >= MAXIMUM_WAITING) return fault({ code: 'busy' });
    waiting += 1;
    const turn = last.then(run).finally(() => {
      waiting -= 1;
    });
    last = turn;
    return turn;
  };
}

async function answer(
  context: CommandContext,
  log: Pick<Log, 'error'>,
  command: NonNullable<ReturnType<typeof findCommand>>,
  input: JsonValue,
): Promise<CommandAnswer> {
  try {
    const answered = answerWith(await command.run(context, input));
    if (command.mutates && answered.outcome === 'done') await noteChange(context, log, command, input);
    return answered;
  } catch (error) {
    if (error instanceof StorageUnavailable) {
      return fault({ code: 'storage', maybeDone: command.mutates && error.outcome === 'unknown' });
    }
    // The input may hold a secret and is not logged.
    log.error('command-failed', {
      command: command.name,
      reason: error instanceof Error ? error.message : 'unknown',
    });
    return fault({ code: 'internal' });
  }
}

/** The change stands, should it not come into the log of changes. */
async function noteChange(
  context: CommandContext,
  log: Pick<Log, 'error'>,
  command: Command,
  input: JsonValue,
): Promise<void> {
  try {
    await logCommand(context, command, input);
  } catch {
    log.error('activity-not-logged', { command: command.name });
  }
}

/** What a command came to, in the form that survives the way through a socket. */
export function answerWith(result: JsonObject | Refusal | WrongInput): CommandAnswer {
  if (isWrongInput(result)) return fault({ code: 'wrong-input', parameter: result.parameter });
  return isRefusal(result) ? { outcome: 'refused', refusal: result } : { outcome: 'done', value: result };
}

function fault(why: CommandFault): CommandAnswer {
  return { outcome: 'fault', fault: why };
}
