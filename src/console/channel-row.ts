import { readDisplayName } from '../domain/display-name.ts';
import type { Modality } from '../domain/model-catalogue.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import type { ChannelRow } from '../storage/channel-store.ts';
import { readModelRoutes } from './channel-models.ts';
import type { ConsolePorts } from './console-ports.ts';
import { readUpstreamAddress } from './upstream-address.ts';

/** What may be set of a channel. What is absent stays, or gets its default in a new channel. */
export interface ChannelEdit {
  readonly name?: string | undefined;
  readonly address?: string | undefined;
  /** The upstream's key; null for an upstream that needs none. It is sealed before it is stored. */
  readonly key?: string | null | undefined;
  /** Routes as `readModelRoutes` takes them; they replace the ones there were. */
  readonly models?: readonly string[] | undefined;
  readonly inputModalities?: readonly Modality[] | undefined;
  /** Null when the upstream's context is not known. */
  readonly contextTokens?: number | null | undefined;
  /** Of several channels the one with the higher number is asked first; 0 in a new channel. */
  readonly priority?: number | undefined;
  readonly enabled?: boolean | undefined;
}

const HIGHEST_PRIORITY = 1_000;

/** The row with the edit made, if all of it is sound. */
export function editChannelRow(
  ports: Pick<ConsolePorts, 'seal'>,
  channel: ChannelRow,
  edit: ChannelEdit,
): ChannelRow | Refusal {
  const name = readDisplayName(edit.name ?? channel.name);
  if (name === undefined) return refuse('bad-name');
  const baseUrl = editAddress(channel, edit.address);
  if (isRefusal(baseUrl)) return baseUrl;
  // A key is for one host. Moving a channel and keeping its key would show the key to somebody else.
  if (
    edit.key === undefined &&
    channel.sealedKey !== null &&
    originOf(baseUrl) !== originOf(channel.baseUrl)
  ) {
    return refuse('key-would-move', { channel: channel.name });
  }
  const sealedKey = editKey(ports, channel, edit.key);
  if (isRefusal(sealedKey)) return sealedKey;
  const models = edit.models === undefined ? channel.models : readModelRoutes(edit.models);
  if (isRefusal(models)) return models;
  const inputModalities = [...new Set(edit.inputModalities ?? channel.inputModalities)];
  if (!inputModalities.includes('text')) return refuse('bad-modalities');
  const contextTokens = edit.contextTokens === undefined ? channel.contextTokens : edit.contextTokens;
  if (contextTokens !== null && !(Number.isSafeInteger(contextTokens) && contextTokens >= 1)) {
    return refuse('bad-token-count');
  }
  const priority = edit.priority ?? channel.priority;
  if (!Number.isInteger(priority) || priority < 0 || priority > HIGHEST_PRIORITY)
    return refuse('bad-priority');
  const enabled = edit.enabled ?? channel.enabled;
  return {
    ...channel,
    name,
    baseUrl,
    sealedKey: sealedKey.value,
    models: { ...models },
    inputModalities,
    contextTokens,
    priority,
    enabled,
  };
}

function editAddress({ kind, baseUrl }: ChannelRow, address: string | undefined): string | Refusal {
  if (address === undefined) return baseUrl;
  return kind === 'openai-compatible' ? readUpstreamAddress(address) : refuse('channel-has-no-address');
}

function editKey(
  { seal }: Pick<ConsolePorts, 'seal'>,
  { kind, sealedKey }: ChannelRow,
  key: string | null | undefined,
): { readonly value: string | null } | Refusal {
  if (key === undefined) return { value: sealedKey };
  if (key === null) return { value: null };
  if (kind !== 'openai-compatible') return refuse('channel-has-no-address');
  // It becomes part of a header, so it is one line of visible ASCII.
  return /^[\x21-\x7e]{1,4096}$/.test(key.trim()) ? { value: seal(key.trim()) } : refuse('bad-upstream-key');
}

function originOf(baseUrl: string): string | undefined {
  return URL.parse(baseUrl)?.origin;
}
