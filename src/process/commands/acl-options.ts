import { findModel } from '../../console/find-model.ts';
import { ENDPOINT_NAMES } from '../../domain/access.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { CommandContext } from './command-context.ts';
import { list } from './parameter.ts';
import { choice, text } from './value-kind.ts';

/** The options that say what a key may reach. */
export const ACL_OPTIONS = {
  model: list(text('MODEL')),
  endpoint: list(choice(['*', ...ENDPOINT_NAMES])),
  acl: list(text('ACL')),
};

/**
 * The access list that the options describe, or undefined when none was given. Models must exist and are entered by
 * their own name, which is what requests are checked against; `--acl` takes entries as they are. Naming only models
 * leaves all endpoints open, and the other way round.
 */
export async function readAclOptions(
  context: CommandContext,
  {
    model,
    endpoint,
    acl,
  }: {
    readonly model: readonly string[] | undefined;
    readonly endpoint: readonly string[] | undefined;
    readonly acl: readonly string[] | undefined;
  },
): Promise<readonly string[] | undefined | Refusal> {
  if (model === undefined && endpoint === undefined) return acl;
  const models: string[] = [];
  for (const name of model ?? ['*']) {
    const found = name === '*' ? { id: '*' } : await findModel(context, name);
    if (isRefusal(found)) return found;
    models.push(found.id);
  }
  return [
    ...models.map((id) => `api-key:model:${id}`),
    ...(endpoint ?? ['*']).map((name) => `api-key:endpoint:${name}`),
    ...(acl ?? []),
  ];
}
