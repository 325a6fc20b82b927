import { addNotice, listNotices, type Notice, removeNotice } from '../../console/notices.ts';
import { isRefusal, refuse } from '../../domain/refusal.ts';
import { defineCommand, facts, table } from './command.ts';
import type { JsonObject } from './json-value.ts';
import { argument, option, requiredOption } from './parameter.ts';
import { presentMoment } from './present-money.ts';
import { choice, moment, text } from './value-kind.ts';

const TEXT = text('TEXT');

const create = defineCommand({
  name: 'notices create',
  mutates: true,
  parameters: {
    english: requiredOption(TEXT),
    chinese: requiredOption(TEXT),
    tone: option(choice(['info', 'warning', 'critical'])),
    starts: option(moment),
    ends: option(moment),
  },
  view: [facts('id', 'state', 'tone', 'starts_at', 'ends_at', 'english', 'chinese')],
  async run(context, { english, chinese, tone = 'info', starts, ends }) {
    const made = await addNotice(context, {
      ...{ tone, text: { en: english, zh: chinese }, startsAtMs: starts, endsAtMs: ends },
    });
    return isRefusal(made) ? made : present(made, context.clock.nowMs());
  },
});

const listing = defineCommand({
  name: 'notices list',
  mutates: false,
  parameters: {},
  view: [table('notices', 'state', 'tone', 'starts_at', 'ends_at', 'english', 'chinese', 'id')],
  async run(context) {
    const nowMs = context.clock.nowMs();
    return { notices: (await listNotices(context)).map((notice) => present(notice, nowMs)) };
  },
});

const remove = defineCommand({
  name: 'notices remove',
  mutates: true,
  parameters: { notice: argument(text('ID')) },
  view: [],
  async run(context, { notice }) {
    const removed = await removeNotice(context, notice);
    return removed === undefined ? refuse('unknown-notice') : { id: notice };
  },
});

function present({ id, tone, text: words, startsAtMs, endsAtMs }: Notice, nowMs: number): JsonObject {
  const isOver = endsAtMs !== null && endsAtMs <= nowMs;
  return {
    id,
    state: isOver ? 'over' : startsAtMs > nowMs ? 'to-come' : 'shown',
    tone,
    english: words.en,
    chinese: words.zh,
    starts_at: presentMoment(startsAtMs),
    ends_at: presentMoment(endsAtMs),
  };
}

/** What everyone is told on every page. */
export const NOTICE_COMMANDS = [create, listing, remove];
