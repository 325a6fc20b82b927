import { editKey } from '../../console/edit-key.ts';
import { expireKey, revokeKey, setKeyDisabled } from '../../console/stop-key.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { KeyRow } from '../../storage/key-store.ts';
import { ACL_OPTIONS, readAclOptions } from './acl-options.ts';
import { defineCommand, facts, table } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { createKeyCommand } from './create-key-command.ts';
import { KEY_REACH_OPTIONS, readAllowedNetworks, readSpendLimitOptions } from './key-reach-options.ts';
import { LIMIT_OPTIONS, readLimitOptions } from './limit-options.ts';
import { locateKey, locateTeam } from './locate.ts';
import { argument, option } from './parameter.ts';
import { presentKey } from './present-key.ts';
import { rotateKeyCommand } from './rotate-key-command.ts';
import { expiry, text } from './value-kind.ts';
import { WHOSE } from './whose-options.ts';

const KEY = text('KEY');
const SHOWN = facts(
  'name',
  'redacted',
  'state',
  'acls',
  'limits',
  'spend_per_day_ticks',
  'spend_per_month_ticks',
  'allowed_from',
  'last_used_at',
  'expires_at',
  'revoked_at',
  'id',
  'follows_key_id',
  'team_id',
  'user_id',
  'created_at',
  'modified_at',
  'modified_by',
);

const listing = defineCommand({
  name: 'keys list',
  mutates: false,
  parameters: WHOSE,
  view: [
    table('keys', 'name', 'redacted', 'state', 'limits', 'last_used_at', 'expires_at', 'id', 'created_at'),
  ],
  async run(context, input) {
    const team = await locateTeam(context, input);
    if (isRefusal(team)) return team;
    const nowMs = context.clock.nowMs();
    const keys = await context.keys.list(team.id);
    return { team: team.slug, keys: keys.map((key) => presentKey(key, nowMs)) };
  },
});

const show = defineCommand({
  name: 'keys show',
  mutates: false,
  parameters: { key: argument(KEY), ...WHOSE },
  view: [SHOWN],
  async run(context, input) {
    return answerWith(context, await locateKey(context, input.key, input));
  },
});

const set = defineCommand({
  name: 'keys set',
  mutates: true,
  parameters: {
    key: argument(KEY),
    ...WHOSE,
    name: option(text('NAME')),
    ...ACL_OPTIONS,
    ...LIMIT_OPTIONS,
    ...KEY_REACH_OPTIONS,
    expires: option(expiry),
  },
  view: [SHOWN],
  async run(context, input) {
    const key = await locateKey(context, input.key, input);
    if (isRefusal(key)) return key;
    const acls = await readAclOptions(context, input);
    if (isRefusal(acls)) return acls;
    const edited = await editKey(context, key.organizationId, key.id, {
      name: input.name,
      acls,
      limits: readLimitOptions(input),
      spendLimits: readSpendLimitOptions(input),
      allowedNetworks: readAllowedNetworks(input),
      expiresAtMs: input.expires === 'now' ? undefined : input.expires,
    });
    if (isRefusal(edited) || input.expires !== 'now') return answerWith(context, edited);
    return answerWith(context, await expireKey(context, key.organizationId, key.id));
  },
});

function altering<const Name extends string>(
  name: Name,
  alter: (context: CommandContext, organizationId: string, keyId: string) => Promise<KeyRow | Refusal>,
) {
  return defineCommand({
    name,
    mutates: true,
    parameters: { key: argument(KEY), ...WHOSE },
    view: [],
    async run(context, input) {
      const key = await locateKey(context, input.key, input);
      return isRefusal(key) ? key : answerWith(context, await alter(context, key.organizationId, key.id));
    },
  });
}

function answerWith({ clock }: CommandContext, key: KeyRow | Refusal) {
  return isRefusal(key) ? key : presentKey(key, clock.nowMs());
}

/** API keys: made for a member of a team, shown once, kept as a hash. */
export const KEY_COMMANDS = [
  createKeyCommand,
  listing,
  show,
  set,
  rotateKeyCommand,
  altering('keys disable', (context, team, key) => setKeyDisabled(context, team, key, true)),
  altering('keys enable', (context, team, key) => setKeyDisabled(context, team, key, false)),
  altering('keys revoke', revokeKey),
];
