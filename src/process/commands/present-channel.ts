import type { ChannelRow } from '../../storage/channel-store.ts';
import type { JsonObject } from './json-value.ts';
import { presentMoment } from './present-money.ts';

/** Everything of a channel but its key, of which only is told whether there is one. */
export function presentChannel(channel: ChannelRow) {
  return {
    id: channel.id,
    name: channel.name,
    kind: channel.kind,
    base_url: channel.baseUrl === '' ? null : channel.baseUrl,
    has_key: channel.sealedKey !== null,
    models: channel.models,
    input_modalities: channel.inputModalities,
    context_tokens: channel.contextTokens,
    priority: channel.priority,
    enabled: channel.enabled,
    created_at: presentMoment(channel.createdAtMs),
  } satisfies JsonObject;
}
