import { describeChange } from '../../console/describe-change.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';
import type { Parameters } from './parameter.ts';

/** Writes a command that changed something to the log of changes: its name, what it was given, and no secret. */
export async function logCommand(
  { activity, random, clock, actor }: CommandContext,
  { name, parameters }: Command,
  input: JsonValue,
): Promise<void> {
  const given = isJsonObject(input) ? input : {};
  const subject = Object.entries(parameters)
    .filter(([, { form, kind }]) => form === 'argument' && kind?.name !== 'secret')
    .map(([parameter]) => given[parameter])
    .find((value) => typeof value === 'string');
  await activity.append({
    id: random.uuid(),
    atMs: clock.nowMs(),
    actor,
    action: name,
    subject: typeof subject === 'string' ? subject.slice(0, 500) : '',
    organizationId: null,
    address: null,
    changes: describeChange(
      {},
      withDates(given, parameters),
      (field) => parameters[field]?.kind?.name === 'secret',
    ),
  });
}

/** A moment as people read it: whoever looks at the log knows no parameters of commands. */
function withDates(given: JsonObject, parameters: Parameters): JsonObject {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const kind = parameters[name]?.kind?.name;
      const isMoment = (kind === 'moment' || kind === 'expiry') && typeof value === 'number';
      return [name, isMoment ? new Date(value).toISOString() : value];
    }),
  );
}
