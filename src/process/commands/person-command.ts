import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { findUser } from '../../identity/find-account.ts';
import type { UserRow } from '../../storage/account-store.ts';
import { type Command, type CommandDefinition, defineCommand } from './command.ts';
import type { CommandContext } from './command-context.ts';
import type { JsonObject } from './json-value.ts';
import { argument, type InputOf, type Parameters } from './parameter.ts';
import { text } from './value-kind.ts';

const USER = argument(text('EMAIL|ID'));

/** A command about the person that its first argument names. */
export function definePersonCommand<const Name extends string, P extends Parameters>({
  run,
  ...definition
}: Omit<CommandDefinition<Name, P>, 'run' | 'runOnFolder'> & {
  readonly run: (
    context: CommandContext,
    user: UserRow,
    input: InputOf<P & { readonly user: typeof USER }>,
  ) => Promise<JsonObject | Refusal>;
}): Command<Name> {
  return defineCommand<Name, P & { readonly user: typeof USER }>({
    ...definition,
    parameters: { user: USER, ...definition.parameters },
    async run(context, input) {
      // `USER` has read it, whatever the command's own parameters are.
      const user = await findUser(context, (input as { readonly user: string }).user);
      return isRefusal(user) ? user : run(context, user, input);
    },
  });
}
