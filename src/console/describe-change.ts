import type { ActivityChange } from '../storage/activity-store.ts';

/** What stands in the place of a secret: that it was set is told, what it is to nobody. */
const SECRET = '•••';

const MAXIMUM_CHARACTERS = 500;
const MAXIMUM_CHANGES = 50;

/** Member by member, what was asked for and is not what was there, for the log of changes. */
export function describeChange(
  before: Readonly<Record<string, unknown>>,
  asked: Readonly<Record<string, unknown>>,
  isSecret: (field: string) => boolean,
): ActivityChange[] {
  return Object.entries(asked)
    .filter(([, after]) => after !== undefined)
    .map(([field, after]): ActivityChange => {
      if (isSecret(field)) return { field, before: null, after: after === null ? null : SECRET };
      return { field, before: shown(before[field]), after: shown(after) };
    })
    .filter((change) => change.before !== change.after || isSecret(change.field))
    .slice(0, MAXIMUM_CHANGES);
}

function shown(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text =
    typeof value === 'object'
      ? JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part))
      : String(value);
  return text.slice(0, MAXIMUM_CHARACTERS);
}
