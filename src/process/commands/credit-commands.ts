import {
  type CreditMovement,
  grantCredit,
  type MovedCredit,
  withdrawCredit,
} from '../../console/move-credit.ts';
import { balanceOf, statementOf } from '../../console/read-account.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { changeRegistration } from '../../identity/registration/change-registration.ts';
import { signUpCredit } from '../../identity/sign-up-credit.ts';
import { hasMail } from '../../ports/mailer.ts';
import { defineCommand, facts, table } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { locateTeam } from './locate.ts';
import { argument, option, optionalArgument } from './parameter.ts';
import { presentBalance } from './present-account.ts';
import { presentStatementLine } from './present-books.ts';
import { presentMoney } from './present-money.ts';
import { count, money, text } from './value-kind.ts';
import { WHOSE } from './whose-options.ts';

const DEFAULT_PAGE_LINES = 50;

const balance = defineCommand({
  name: 'credit balance',
  mutates: false,
  parameters: WHOSE,
  view: [facts('team_name', 'team', 'available_ticks', 'held_ticks')],
  async run(context, input) {
    const team = await locateTeam(context, input);
    if (isRefusal(team)) return team;
    return {
      team: team.slug,
      team_name: team.name,
      team_id: team.id,
      ...presentBalance(await balanceOf(context, team.id)),
    };
  },
});

function moving<const Name extends string>(
  name: Name,
  move: (context: CommandContext, movement: CreditMovement) => Promise<MovedCredit | Refusal>,
) {
  return defineCommand({
    name,
    mutates: true,
    parameters: { amount: argument(money), ...WHOSE, memo: option(text('TEXT')), id: option(text('ID')) },
    view: [],
    async run(context, input) {
      const team = await locateTeam(context, input);
      if (isRefusal(team)) return team;
      const { amount: amountTicks, memo, id } = input;
      const moved = await move(context, { organizationId: team.id, amountTicks, memo, id });
      if (isRefusal(moved)) return moved;
      return {
        outcome: moved.outcome,
        id: moved.id,
        team: team.slug,
        team_name: team.name,
        team_id: team.id,
        ...presentMoney('amount', amountTicks),
        ...presentBalance(moved.balance),
      };
    },
  });
}

const statement = defineCommand({
  name: 'credit statement',
  mutates: false,
  parameters: { ...WHOSE, limit: option(count), cursor: option(text('CURSOR')) },
  view: [table('rows', 'at', 'kind', 'account', 'amount_ticks', 'reason', 'model', 'request_id', 'memo')],
  async run(context, input) {
    const team = await locateTeam(context, input);
    if (isRefusal(team)) return team;
    const page = await statementOf(context, team.id, {
      limit: input.limit ?? DEFAULT_PAGE_LINES,
      cursor: input.cursor,
    });
    if (isRefusal(page)) return page;
    return {
      team: team.slug,
      rows: page.rows.map(presentStatementLine),
      next_cursor: page.nextCursor ?? null,
    };
  },
});

const signUp = defineCommand({
  name: 'credit sign-up',
  mutates: true,
  parameters: { amount: optionalArgument(money) },
  view: [],
  async run(context, { amount }) {
    const ports = { ...context, hasMail: hasMail(context) };
    const changed =
      amount === undefined ? 'done' : await changeRegistration(ports, 'sign-up-credit', amount.toString());
    if (isRefusal(changed)) return changed;
    return presentMoney('amount', await signUpCredit(context.settings));
  },
});

/** Credit: what teams have, where it came from and where it went. */
export const CREDIT_COMMANDS = [
  balance,
  moving('credit grant', grantCredit),
  moving('credit withdraw', withdrawCredit),
  statement,
  signUp,
];
