import { ACTIVITY_KINDS, beginningsOf } from '../../console/activity-kinds.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { findUser } from '../../identity/find-account.ts';
import type { ActivityRow } from '../../storage/activity-store.ts';
import { defineCommand, table } from './command.ts';
import type { CommandContext } from './command-context.ts';
import type { JsonObject } from './json-value.ts';
import { option } from './parameter.ts';
import { presentMoment } from './present-money.ts';
import { choice, count, duration, text } from './value-kind.ts';

const USUAL_LINES = 50;
/** Who changed something by a command, in the log. */
const COMMAND_LINE = 'operator';

/** The log of changes, as the pages show it. */
export const activityCommand = defineCommand({
  name: 'activity',
  mutates: false,
  parameters: {
    kind: option(choice(ACTIVITY_KINDS)),
    by: option(text(`EMAIL|ID|${COMMAND_LINE}`)),
    last: option(duration),
    limit: option(count),
    cursor: option(text('CURSOR')),
  },
  view: [table('activity', 'at', 'actor', 'action', 'subject', 'changes', 'address')],
  async run(context, { kind, by, last, limit = USUAL_LINES, cursor }) {
    const person = by === undefined || by === COMMAND_LINE ? undefined : await findUser(context, by);
    if (isRefusal(person)) return person;
    const page = await context.activity.list(
      {
        actor: person?.id ?? by,
        beginnings: kind === undefined ? undefined : beginningsOf(kind),
        fromMs: last === undefined ? undefined : context.clock.nowMs() - last,
      },
      { limit, cursor },
    );
    return {
      activity: await Promise.all(page.rows.map((row) => present(context, row))),
      next_cursor: page.nextCursor ?? null,
    };
  },
});

async function present({ accounts }: CommandContext, row: ActivityRow): Promise<JsonObject> {
  const { id, atMs, actor, action, subject, organizationId, changes, address } = row;
  const person = actor === COMMAND_LINE ? undefined : await accounts.findUser(actor);
  return {
    id,
    at: presentMoment(atMs),
    actor: person?.email ?? actor,
    action,
    subject,
    team_id: organizationId,
    changes: changes.map(({ field, before, after }) => ({ field, before, after })),
    address,
  };
}
