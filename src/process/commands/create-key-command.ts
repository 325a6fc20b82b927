import { createKey } from '../../console/create-key.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { ACL_OPTIONS, readAclOptions } from './acl-options.ts';
import { defineCommand } from './command.ts';
import { KEY_REACH_OPTIONS, readAllowedNetworks, readSpendLimitOptions } from './key-reach-options.ts';
import { LIMIT_OPTIONS, readLimitOptions } from './limit-options.ts';
import { locateHolder } from './locate.ts';
import { argument, option } from './parameter.ts';
import { presentKey } from './present-key.ts';
import { expiry, text } from './value-kind.ts';
import { WHOSE } from './whose-options.ts';

/** Makes a key. Its text is in this answer and nowhere else. */
export const createKeyCommand = defineCommand({
  name: 'keys create',
  mutates: true,
  parameters: {
    name: argument(text('NAME')),
    ...WHOSE,
    ...ACL_OPTIONS,
    ...LIMIT_OPTIONS,
    ...KEY_REACH_OPTIONS,
    expires: option(expiry),
  },
  view: [],
  async run(context, input) {
    const holder = await locateHolder(context, input);
    if (isRefusal(holder)) return holder;
    const acls = await readAclOptions(context, input);
    if (isRefusal(acls)) return acls;
    const made = await createKey(context, {
      organizationId: holder.team.id,
      userId: holder.user.id,
      name: input.name,
      acls,
      limits: readLimitOptions(input),
      spendLimits: readSpendLimitOptions(input),
      allowedNetworks: readAllowedNetworks(input),
      expiresAtMs: input.expires === 'now' ? context.clock.nowMs() : input.expires,
    });
    if (isRefusal(made)) return made;
    return {
      key: made.text,
      ...presentKey(made.key, context.clock.nowMs()),
      team: holder.team.slug,
      team_name: holder.team.name,
    };
  },
});
