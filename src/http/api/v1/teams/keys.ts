import { createKey } from '../../../../console/create-key.ts';
import { editKey } from '../../../../console/edit-key.ts';
import { keySpend } from '../../../../console/key-spend.ts';
import { rotateKey } from '../../../../console/rotate-key.ts';
import { revokeKey, setKeyDisabled } from '../../../../console/stop-key.ts';
import { isRefusal, type Refusal } from '../../../../domain/refusal.ts';
import type { KeyRow } from '../../../../storage/key-store.ts';
import { type ApiPorts, actingAs } from '../../api-ports.ts';
import { type ApiCall, type ApiRoute, route } from '../../api-route.ts';
import { memberOf } from '../../guards.ts';
import { type Problem, problem } from '../../problem.ts';
import { Key, KeyEdit, KeyList, KeyRotation, MadeKey, NewKey, RotatedKey } from '../../wire/keys.ts';
import { presentKey } from './present-key.ts';

type KeyPorts = Omit<ApiPorts, 'installation'>;

/** Whoever pays bills makes no keys. */
const makers = memberOf('owner', 'administrator', 'member');

/** `/teams/:teamId/keys`: made, changed, rotated and revoked. A member changes their own, an administrator all. */
export function keyRoutes(ports: KeyPorts): readonly ApiRoute[] {
  const present = async (call: ApiCall, keys: readonly KeyRow[]) => {
    const [spend, makers] = await Promise.all([
      keySpend(ports, call.team.id),
      ports.directory.peopleNamed(keys.map(({ userId }) => userId)),
    ]);
    const facts = { nowMs: ports.clock.nowMs(), readerId: call.signedIn.userId, spend, makers };
    return { rows: keys.map((key) => presentKey(key, facts)), spend };
  };
  const one = async (call: ApiCall, key: KeyRow | Refusal | Problem) => {
    if ('kind' in key) return key;
    return (await present(call, [key])).rows[0] ?? problem('not-found');
  };
  return [
    route({
      method: 'GET',
      path: '/teams/:teamId/keys',
      summary: "The team's keys, oldest first, with what they spent this month; revoked ones too.",
      guards: [memberOf()],
      output: KeyList,
      async handle(call) {
        const { rows, spend } = await present(call, await ports.keys.list(call.team.id));
        const { keysTicks, keylessTicks } = spend;
        return {
          rows,
          spentThisMonth: { keysTicks: String(keysTicks), keylessTicks: String(keylessTicks) },
        };
      },
    }),
    route({
      method: 'POST',
      path: '/teams/:teamId/keys',
      summary: 'Makes a key. Its text is in this answer and never shown again.',
      guards: [makers],
      action: 'key.create',
      body: NewKey,
      output: MadeKey,
      status: 201,
      async handle(call) {
        const { spendLimits, ...wishes } = call.body;
        const made = await createKey(actingAs(ports, call), {
          ...wishes,
          organizationId: call.team.id,
          userId: call.signedIn.userId,
          spendLimits: spendLimits && ticksOf(spendLimits),
        });
        if (isRefusal(made)) return made;
        call.note({ subject: nameOf(made.key) });
        const key = await one(call, made.key);
        return 'kind' in key ? key : { key, secret: made.text };
      },
    }),
    route({
      method: 'GET',
      path: '/teams/:teamId/keys/:keyId',
      summary: 'One key.',
      guards: [memberOf()],
      output: Key,
      handle: async (call) =>
        one(call, (await ports.keys.find(call.team.id, keyOf(call))) ?? problem('not-found')),
    }),
    route({
      method: 'PATCH',
      path: '/teams/:teamId/keys/:keyId',
      summary: 'Changes name, reach, limits or expiry of a key, or switches it off and on.',
      guards: [makers],
      action: 'key.change',
      body: KeyEdit,
      output: Key,
      handle: async (call) => one(call, await changeKey(ports, call)),
    }),
    route({
      method: 'POST',
      path: '/teams/:teamId/keys/:keyId/rotate',
      summary: 'Makes a key that may do the same, and ends this one after an overlap.',
      guards: [makers],
      action: 'key.rotate',
      body: KeyRotation,
      output: RotatedKey,
      status: 201,
      async handle(call) {
        const fault = await changeFault(ports, call);
        if (fault !== undefined) return fault;
        const rotated = await rotateKey(actingAs(ports, call), call.team.id, keyOf(call), call.body);
        if (isRefusal(rotated)) return rotated;
        const [key, earlier] = (await present(call, [rotated.key, rotated.earlier])).rows;
        return key && earlier ? { key, earlier, secret: rotated.text } : problem('not-found');
      },
    }),
    route({
      method: 'POST',
      path: '/teams/:teamId/keys/:keyId/revoke',
      summary: 'Revokes a key for ever; calls under way with it are ended.',
      guards: [makers],
      action: 'key.revoke',
      output: Key,
      async handle(call) {
        const fault = await changeFault(ports, call);
        return one(call, fault ?? (await revokeKey(actingAs(ports, call), call.team.id, keyOf(call))));
      },
    }),
  ];
}

/** As people call it in the log of changes. */
function nameOf({ name, redacted }: KeyRow): string {
  return `${name} (${redacted})`;
}

function keyOf({ parameters }: ApiCall): string {
  return parameters.keyId ?? '';
}

/** A member's own keys are theirs; those of others are changed by owners and administrators. */
async function changeFault(ports: KeyPorts, call: ApiCall): Promise<Problem | undefined> {
  const key = await ports.keys.find(call.team.id, keyOf(call));
  if (key === undefined) return problem('not-found');
  call.note({ subject: nameOf(key), before: { ...key } });
  return call.team.role === 'member' && key.userId !== call.signedIn.userId
    ? problem('not-allowed')
    : undefined;
}

async function changeKey(
  ports: KeyPorts,
  call: ApiCall<unknown, KeyEdit>,
): Promise<KeyRow | Refusal | Problem> {
  const fault = await changeFault(ports, call);
  if (fault !== undefined) return fault;
  const acting = actingAs(ports, call);
  const { disabled, spendLimits, ...edit } = call.body;
  if (Object.keys(call.body).some((name) => name !== 'disabled') || disabled === undefined) {
    const edited = await editKey(acting, call.team.id, keyOf(call), {
      ...edit,
      spendLimits: spendLimits && ticksOf(spendLimits),
    });
    if (isRefusal(edited) || disabled === undefined) return edited;
  }
  return setKeyDisabled(acting, call.team.id, keyOf(call), disabled);
}

/** Amounts as the use-cases take them. */
function ticksOf(limits: NonNullable<KeyEdit['spendLimits']>) {
  const ticks = (text: string | null | undefined) =>
    text === null || text === undefined ? text : BigInt(text);
  return { perDayTicks: ticks(limits.perDayTicks), perMonthTicks: ticks(limits.perMonthTicks) };
}
