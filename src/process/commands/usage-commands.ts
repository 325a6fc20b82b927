import { dailyUsageOf, requestsOf } from '../../console/read-account.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { usageDay } from '../../storage/usage-rollup.ts';
import { defineCommand, table } from './command.ts';
import { locateTeam } from './locate.ts';
import { option } from './parameter.ts';
import { presentDay, presentRequest } from './present-usage.ts';
import { count, text } from './value-kind.ts';
import { WHOSE } from './whose-options.ts';

const DEFAULT_PAGE_ROWS = 50;
const DEFAULT_DAYS_MS = 29 * 86_400_000;

const requests = defineCommand({
  name: 'usage requests',
  mutates: false,
  parameters: { ...WHOSE, limit: option(count), cursor: option(text('CURSOR')) },
  view: [
    table(
      'rows',
      'at',
      'model',
      'outcome',
      'http_status',
      'input_tokens',
      'output_tokens',
      'reasoning_tokens',
      'cost_ticks',
      'time_to_first_token_ms',
      'duration_ms',
      'gateway_ms',
      'request_id',
    ),
  ],
  async run(context, input) {
    const team = await locateTeam(context, input);
    if (isRefusal(team)) return team;
    const page = await requestsOf(context, team.id, {
      limit: input.limit ?? DEFAULT_PAGE_ROWS,
      cursor: input.cursor,
    });
    if (isRefusal(page)) return page;
    return { team: team.slug, rows: page.rows.map(presentRequest), next_cursor: page.nextCursor ?? null };
  },
});

const daily = defineCommand({
  name: 'usage daily',
  mutates: false,
  parameters: { ...WHOSE, from: option(text('DAY')), to: option(text('DAY')) },
  view: [
    table(
      'days',
      'day',
      'model',
      'key_id',
      'requests',
      'failed_requests',
      'input_tokens',
      'output_tokens',
      'reasoning_tokens',
      'cost_ticks',
    ),
  ],
  async run(context, input) {
    const team = await locateTeam(context, input);
    if (isRefusal(team)) return team;
    const nowMs = context.clock.nowMs();
    const to = input.to ?? usageDay(nowMs);
    const from = input.from ?? usageDay(Math.min(nowMs, Date.parse(to) || nowMs) - DEFAULT_DAYS_MS);
    const days = await dailyUsageOf(context, team.id, from, to);
    return isRefusal(days) ? days : { team: team.slug, from, to, days: days.map(presentDay) };
  },
});

/** Usage: what was asked of which model, and what it cost. */
export const USAGE_COMMANDS = [requests, daily];
