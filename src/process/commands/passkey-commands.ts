import { isRefusal } from '../../domain/refusal.ts';
import { removePasskey } from '../../identity/sign-in/passkeys/change-passkey.ts';
import { passkeyRowsOf, presentPasskey } from '../../identity/sign-in/passkeys/passkey-rows.ts';
import { table } from './command.ts';
import { argument } from './parameter.ts';
import { definePersonCommand } from './person-command.ts';
import { text } from './value-kind.ts';

const listing = definePersonCommand({
  name: 'users passkeys',
  mutates: false,
  parameters: {},
  view: [table('passkeys', 'name', 'host', 'synced', 'created_at', 'last_used_at', 'id')],
  async run(context, user) {
    const rows = await passkeyRowsOf(context.auth, user.id);
    return {
      passkeys: rows.map(presentPasskey).map(({ id, name, host, isBackedUp, createdAtMs, lastUsedAtMs }) => ({
        ...{ id, name, host, synced: isBackedUp, created_at: new Date(createdAtMs).toISOString() },
        last_used_at: lastUsedAtMs === null ? null : new Date(lastUsedAtMs).toISOString(),
      })),
    };
  },
});

/** For a device that was lost or stolen. Nothing is asked: the operator lets its person in another way. */
const remove = definePersonCommand({
  name: 'users passkey-remove',
  mutates: true,
  parameters: { passkey: argument(text('ID')) },
  view: [],
  async run(context, user, input) {
    const removed = await removePasskey(context, user.id, input.passkey);
    return isRefusal(removed) ? removed : { email: user.email, name: removed.name };
  },
});

/** What people sign in with that their devices keep. */
export const PASSKEY_COMMANDS = [listing, remove];
