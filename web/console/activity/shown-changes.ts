import type { ActivityEntry } from '../../../src/http/api/wire/operator-installation.ts';

/** A member that was changed, and what kind of value it has. */
export interface ShownChange {
  readonly field: string;
  readonly kind: 'text' | 'count' | 'money' | 'price' | 'moment' | 'truth' | 'secret';
  readonly before: string | null;
  readonly after: string | null;
}

/** What stands in the place of a secret in the log. */
const SECRET = '•••';

type Change = ActivityEntry['changes'][number];

/** Member by member, also of a member that has members; what stayed is left out. */
export function shownChanges({
  action,
  subject,
  changes,
}: Pick<ActivityEntry, 'action' | 'subject' | 'changes'>): ShownChange[] {
  const isAmount = action === 'setting.change' && subject === 'sign-up-credit';
  return changes.flatMap(unfold).map(({ field, before, after }) => ({
    ...{ field, before: listed(before), after: listed(after) },
    kind: isAmount ? 'money' : kindOf(field, before, after),
  }));
}

/** An object is written as JSON; one that was cut off is shown as it is. */
function unfold({ field, before, after }: Change): Change[] {
  const [was, is] = [parsed(before), parsed(after)];
  if (!isObject(is)) return [{ field, before, after }];
  const earlier = isObject(was) ? was : {};
  return Object.entries(is)
    .map(([member, value]) => ({ field: member, before: written(earlier[member]), after: written(value) }))
    .filter((change) => change.before !== change.after);
}

function kindOf(field: string, before: string | null, after: string | null): ShownChange['kind'] {
  const values = [before, after].filter((value) => value !== null);
  if (values.includes(SECRET)) return 'secret';
  const areWhole = values.every((value) => /^-?\d+$/.test(value));
  if (areWhole && field.endsWith('TicksPerToken')) return 'price';
  if (areWhole && field.endsWith('Ticks')) return 'money';
  if (areWhole && field.endsWith('Ms')) return 'moment';
  if (areWhole && /^(?:requests|tokens)Per|Tokens$/.test(field)) return 'count';
  return values.every((value) => value === 'true' || value === 'false') ? 'truth' : 'text';
}

/** `["a","b"]` as people list things. */
function listed(text: string | null): string | null {
  const value = parsed(text);
  return Array.isArray(value) ? value.map((part) => written(part) ?? '').join(', ') : text;
}

function written(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function parsed(text: string | null): unknown {
  if (text === null || !/^[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
