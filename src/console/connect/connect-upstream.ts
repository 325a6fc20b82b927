import type { Modality } from '../../domain/model-catalogue.ts';
import type { Ticks } from '../../domain/money.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { ChannelRow } from '../../storage/channel-store.ts';
import type { ConsolePorts } from '../console-ports.ts';
import { addChannel } from '../put-channel.ts';
import { putModel } from '../put-model.ts';
import type { PastedUpstream } from './read-pasted.ts';

/** What a person has agreed to. */
export interface Connection {
  readonly upstream: Pick<PastedUpstream, 'baseUrl' | 'key'>;
  readonly name: string;
  readonly routes: readonly { readonly model: string; readonly upstreamModel: string }[];
  readonly additions: readonly ModelAddition[];
  readonly inputModalities: readonly Modality[];
}

/** A model of the upstream that callers are to have under its own name. Its price is always said, zero too. */
export interface ModelAddition {
  readonly name: string;
  readonly contextTokens: number;
  readonly prices: { readonly input: Ticks; readonly output: Ticks };
}

export interface Connected {
  readonly channel: ChannelRow;
  /** Models that could not be made; the channel stands without them. */
  readonly notAdded: readonly { readonly model: string; readonly refusal: Refusal }[];
}

type ConnectPorts = Pick<ConsolePorts, 'channels' | 'catalogue' | 'clock' | 'random' | 'changed' | 'seal'>;

/**
 * Makes a channel of an upstream, and models of what it has that the catalogue has not. The channel comes first: a
 * model without it would be answered by something else for a moment.
 */
export async function connectUpstream(
  ports: ConnectPorts,
  { upstream, name, routes, additions, inputModalities }: Connection,
): Promise<Connected | Refusal> {
  if (routes.length + additions.length === 0) return refuse('channel-needs-models');
  const channel = await addChannel(ports, {
    kind: 'openai-compatible',
    name,
    address: upstream.baseUrl,
    key: upstream.key ?? null,
    models: [
      ...routes.map(({ model, upstreamModel }) => `${model}=${upstreamModel}`),
      ...additions.map((addition) => addition.name),
    ],
    inputModalities,
  });
  if (isRefusal(channel)) return channel;
  const notAdded: { model: string; refusal: Refusal }[] = [];
  for (const { name: model, contextTokens, prices } of additions) {
    const added = await putModel(ports, model, { contextTokens, prices, inputModalities });
    if (isRefusal(added)) notAdded.push({ model, refusal: added });
  }
  return { channel, notAdded };
}
