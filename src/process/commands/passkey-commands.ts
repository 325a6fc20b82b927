import { isRefusal } from '../../domain/refusal.ts';
import { findUser } from '../../identity/find-account.ts';
import { removePasskey } from '../../identity/sign-in/passkeys/change-passkey.ts';
import { passkeyRowsOf, presentPasskey } from '../../identity/sign-in/passkeys/passkey-rows.ts';
import { defineCommand, table } from './command.ts';
import { argument } from './parameter.ts';
import { text } from './value-kind.ts';

const USER = text('EMAIL|ID');

const listing = defineCommand({
  name: 'users passkeys',
  mutates: false,
  parameters: { user: argument(USER) },
  view: [table('passkeys', 'name', 'host', 'synced', 'created_at', 'last_used_at', 'id')],
  async run(context, input) {
    const user = await findUser(context, input.user);
    if (isRefusal(user)) return user;
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
const remove = defineCommand({
  name: 'users passkey-remove',
  mutates: true,
  parameters: { user: argument(USER), passkey: argument(text('ID')) },
  view: [],
  async run(context, input) {
    const user = await findUser(context, input.user);
    if (isRefusal(user)) return user;
    const removed = await removePasskey(context, user.id, input.passkey);
    return isRefusal(removed) ? removed : { email: user.email, name: removed.name };
  },
});

/** What people sign in with that their devices keep. */
export const PASSKEY_COMMANDS = [listing, remove];
