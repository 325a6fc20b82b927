import { addChannel, editChannel, removeChannel } from '../../../../console/put-channel.ts';
import { testChannel } from '../../../../console/test-channel.ts';
import { isRefusal, refuse } from '../../../../domain/refusal.ts';
import type { ChannelRow } from '../../../../storage/channel-store.ts';
import type { ChannelCell } from '../../../../storage/report-store.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { operator } from '../../guards.ts';
import { problem } from '../../problem.ts';
import {
  Channel,
  ChannelEdit,
  ChannelList,
  ChannelTest,
  ChannelTested,
  NewChannel,
} from '../../wire/operator-channels.ts';
import { Done } from '../../wire/scalars.ts';

type ChannelPorts = Pick<
  ApiPorts,
  'channels' | 'clock' | 'random' | 'changed' | 'seal' | 'reports' | 'latency' | 'troubles' | 'upstreamOf'
>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** `/operator/channels`: the upstreams, what is seen of them, and a try of one. */
export function channelRoutes(ports: ChannelPorts): readonly ApiRoute[] {
  const present = async (rows: readonly ChannelRow[]) => {
    const nowMs = ports.clock.nowMs();
    const month = Date.UTC(new Date(nowMs).getUTCFullYear(), new Date(nowMs).getUTCMonth());
    const [ofMonth, ofDay] = await Promise.all([
      ports.reports.channels({ fromMs: month, toMs: nowMs, step: 'day' }),
      ports.reports.channels({ fromMs: nowMs - DAY_MS, toMs: nowMs, step: 'hour' }),
    ]);
    return rows.map((row) => presentChannel(row, ports, { nowMs, ofMonth, ofDay }));
  };
  const one = async (row: ChannelRow) => (await present([row]))[0] ?? problem('not-found');
  return [
    route({
      method: 'GET',
      path: '/operator/channels',
      summary: 'All upstreams with what was seen of them; keys are never shown.',
      guards: [operator],
      output: ChannelList,
      handle: async () => ({ rows: await present(await ports.channels.list()) }),
    }),
    route({
      method: 'POST',
      path: '/operator/channels',
      summary: 'Connects an upstream. Its key is sealed before it is stored.',
      guards: [operator],
      action: 'channel.create',
      body: NewChannel,
      output: Channel,
      status: 201,
      async handle({ body, note }) {
        note({ subject: body.name });
        const row = await addChannel(ports, body);
        return isRefusal(row) ? row : one(row);
      },
    }),
    route({
      method: 'PATCH',
      path: '/operator/channels/:channelId',
      summary: 'Changes an upstream. A key that is not sent stays, unless the address moves.',
      guards: [operator],
      action: 'channel.change',
      body: ChannelEdit,
      output: Channel,
      async handle({ parameters: { channelId = '' }, body, note }) {
        const before = (await ports.channels.list()).find(({ id }) => id === channelId);
        if (before === undefined) return refuse('unknown-channel', { channel: channelId });
        const { name, baseUrl, models, inputModalities, contextTokens, priority, enabled } = before;
        note({
          subject: name,
          before: {
            name,
            address: baseUrl,
            models: routesOf(models),
            inputModalities,
            contextTokens,
            priority,
            enabled,
          },
        });
        const row = await editChannel(ports, channelId, body);
        return isRefusal(row) ? row : one(row);
      },
    }),
    route({
      method: 'DELETE',
      path: '/operator/channels/:channelId',
      summary: 'Removes an upstream. What it answered stays in the books.',
      guards: [operator],
      action: 'channel.remove',
      output: Done,
      async handle({ parameters: { channelId = '' }, note }) {
        const row = await removeChannel(ports, channelId);
        if (isRefusal(row)) return row;
        note({ subject: row.name });
        return { done: true as const };
      },
    }),
    route({
      method: 'POST',
      path: '/operator/channels/:channelId/test',
      summary: 'Sends one small call to an upstream and shows what it answered.',
      guards: [operator],
      body: ChannelTest,
      output: ChannelTested,
      async handle({ parameters: { channelId = '' }, body, mayTakeLong }) {
        const row = (await ports.channels.list()).find(({ id }) => id === channelId);
        const upstream = row && ports.upstreamOf(row);
        if (upstream === undefined) return refuse('unknown-channel', { channel: channelId });
        mayTakeLong();
        return testChannel(ports.clock, upstream, body.model, body.prompt);
      },
    }),
  ];
}

/** As a person writes them: `MODEL=NAME THERE`. */
function routesOf(models: ChannelRow['models']): string[] {
  return Object.entries(models).map(([model, name]) => (model === name ? model : `${model}=${name}`));
}

interface SeenOfChannels {
  readonly nowMs: number;
  readonly ofMonth: readonly ChannelCell[];
  readonly ofDay: readonly ChannelCell[];
}

/** Member by member: the sealed key is not among them. */
function presentChannel(
  row: ChannelRow,
  { latency, troubles }: Pick<ChannelPorts, 'latency' | 'troubles'>,
  { nowMs, ofMonth, ofDay }: SeenOfChannels,
): Channel {
  const day = ofDay.filter(({ channel }) => channel === row.name);
  const sum = (among: readonly ChannelCell[], figure: 'requests' | 'failedRequests') =>
    among.reduce((total, cell) => total + cell[figure], 0);
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    baseUrl: row.baseUrl,
    hasKey: row.sealedKey !== null,
    models: Object.entries(row.models).map(([model, upstreamModel]) => ({ model, upstreamModel })),
    inputModalities: [...row.inputModalities],
    contextTokens: row.contextTokens,
    priority: row.priority,
    enabled: row.enabled,
    createdAtMs: row.createdAtMs,
    troubles: troubles()
      .filter(({ channel }) => channel === row.name)
      .map(({ modelId, failuresInARow, restsUntilMs }) => ({ model: modelId, failuresInARow, restsUntilMs })),
    seen: {
      answered24h: sum(day, 'requests') - sum(day, 'failedRequests'),
      failed24h: sum(day, 'failedRequests'),
      latency: latency.ofChannel(row.name),
      chargedThisMonthTicks: String(
        ofMonth
          .filter(({ channel }) => channel === row.name)
          .reduce((total, { costTicks }) => total + costTicks, 0n),
      ),
      hours: Array.from({ length: 24 }, (_, back) => {
        const atMs = nowMs - (nowMs % HOUR_MS) - (23 - back) * HOUR_MS;
        const hour = day.filter((cell) => cell.atMs === atMs);
        const failed = sum(hour, 'failedRequests');
        return { atMs, answered: sum(hour, 'requests') - failed, failed };
      }),
    },
  };
}
