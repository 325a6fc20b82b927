import type { Refusal } from '../../domain/refusal.ts';
import { isJsonObject, type JsonObject } from '../commands/json-value.ts';
import type { CommandFault } from '../commands/run-command.ts';
import type { ReachFault } from './carried-out.ts';
import type { Words } from './words.ts';

/** A failure for a program: a code that stays, and the sentence. */
interface FailureText {
  readonly code: string;
  readonly message: string;
}

/** A refusal in words. One that this program does not know (a newer server's) is shown by its code. */
export function describeRefusal({ code, facts }: Refusal, words: Words): FailureText {
  const sentences: Readonly<Record<string, unknown>> = words.refusals;
  const sentence = Object.hasOwn(sentences, code) ? sentences[code] : undefined;
  const message =
    typeof sentence === 'function' && isJsonObject(facts)
      ? String((sentence as (facts: JsonObject) => string)(facts))
      : code;
  return { code, message };
}

export function describeFault(fault: CommandFault | ReachFault, { faults }: Words): FailureText {
  const { code } = fault;
  switch (code) {
    case 'unknown-command':
      return { code, message: faults.unknownCommand };
    case 'wrong-input':
      return { code, message: faults.wrongInput(fault.parameter) };
    case 'busy':
      return { code, message: faults.busy };
    case 'storage':
      return { code, message: fault.maybeDone ? faults.storageUnknown : faults.storage };
    case 'internal':
      return { code, message: faults.internal };
    case 'not-taken':
      return { code, message: faults.notTaken };
    case 'no-reply':
      return { code, message: faults.noReply };
    case 'folder-held':
      return { code, message: faults.folderHeld(fault.path, fault.pid) };
    case 'no-folder':
      return { code, message: faults.noFolder(fault.path) };
    case 'folder-not-made':
      return { code, message: faults.folderNotMade(fault.path) };
    case 'folder-not-usable':
      return { code, message: faults.folderNotUsable(fault.path) };
    case 'not-opened':
      return { code, message: faults.notOpened(fault.path, fault.reason) };
  }
}
