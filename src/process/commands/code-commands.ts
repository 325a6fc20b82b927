import { createCodes } from '../../console/credit-codes.ts';
import { isRefusal, refuse } from '../../domain/refusal.ts';
import { defineCommand, table } from './command.ts';
import { argument, option } from './parameter.ts';
import { presentCode } from './present-code.ts';
import { presentMoment } from './present-money.ts';
import { count, moment, money, text } from './value-kind.ts';

const USUAL_LINES = 50;

const create = defineCommand({
  name: 'codes create',
  mutates: true,
  parameters: {
    amount: argument(money),
    count: option(count),
    uses: option(count),
    expires: option(moment),
    memo: option(text('TEXT')),
  },
  view: [table('codes', 'code', 'amount_ticks', 'most_uses', 'expires_at', 'memo')],
  async run(context, { amount, count: howMany = 1, uses = 1, expires, memo = '' }) {
    const made = await createCodes(context, {
      ...{ count: howMany, amountTicks: amount, mostUses: uses, memo, expiresAtMs: expires },
    });
    if (isRefusal(made)) return made;
    const nowMs = context.clock.nowMs();
    return { codes: made.map(({ row, text: code }) => ({ code, ...presentCode(row, nowMs) })) };
  },
});

const list = defineCommand({
  name: 'codes list',
  mutates: false,
  parameters: { limit: option(count), cursor: option(text('CURSOR')) },
  view: [
    table(
      'codes',
      ...['code', 'state', 'amount_ticks', 'uses', 'most_uses', 'expires_at', 'memo', 'id', 'created_at'],
    ),
  ],
  async run({ codes, clock }, { limit = USUAL_LINES, cursor }) {
    const page = await codes.list({ limit, cursor });
    return {
      codes: page.rows.map((row) => ({ code: row.redacted, ...presentCode(row, clock.nowMs()) })),
      next_cursor: page.nextCursor ?? null,
    };
  },
});

const uses = defineCommand({
  name: 'codes uses',
  mutates: false,
  parameters: { code: argument(text('ID')) },
  view: [table('uses', 'at', 'team', 'email')],
  async run({ codes, accounts }, { code }) {
    const found = await codes.usesOf(code);
    const rows = found.map(async ({ organizationId, userId, atMs }) => ({
      at: presentMoment(atMs),
      team: (await accounts.findOrganization(organizationId))?.slug ?? null,
      team_id: organizationId,
      email: (await accounts.findUser(userId))?.email ?? null,
      user_id: userId,
    }));
    return { uses: await Promise.all(rows) };
  },
});

const revoke = defineCommand({
  name: 'codes revoke',
  mutates: true,
  parameters: { code: argument(text('ID')) },
  view: [],
  async run({ codes, clock }, { code }) {
    return (await codes.end(code, clock.nowMs())) ? { id: code } : refuse('unknown-code');
  },
});

/** Codes that give credit to whoever redeems them. */
export const CODE_COMMANDS = [create, list, uses, revoke];
