import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { announcing } from '../ports/changes.ts';
import type { ChannelRow } from '../storage/channel-store.ts';
import { type ChannelEdit, editChannelRow } from './channel-row.ts';
import type { ConsolePorts } from './console-ports.ts';

export interface NewChannel extends ChannelEdit {
  readonly kind: ChannelRow['kind'];
  readonly name: string;
}

type ChannelPorts = Pick<ConsolePorts, 'channels' | 'clock' | 'random' | 'changed' | 'seal'>;

/** Connects an upstream. Text only unless it is said that it takes images. */
export async function addChannel(ports: ChannelPorts, request: NewChannel): Promise<ChannelRow | Refusal> {
  if (request.kind === 'openai-compatible' && request.address === undefined)
    return refuse('channel-needs-address');
  // What has no address is not somebody else's server, so there are no other names to map to.
  const models = request.models ?? (request.kind === 'openai-compatible' ? [] : ['*']);
  const blank: ChannelRow = {
    id: ports.random.uuid(),
    name: request.name,
    kind: request.kind,
    baseUrl: '',
    sealedKey: null,
    models: {},
    inputModalities: ['text'],
    contextTokens: null,
    priority: 0,
    enabled: true,
    createdAtMs: ports.clock.nowMs(),
  };
  return store(ports, blank, { ...request, models });
}

/** Changes a channel, by its name or id. */
export async function editChannel(
  ports: ChannelPorts,
  reference: string,
  edit: ChannelEdit,
): Promise<ChannelRow | Refusal> {
  const channel = await findChannel(ports, reference);
  return isRefusal(channel) ? channel : store(ports, channel, edit);
}

export async function removeChannel(
  ports: Pick<ConsolePorts, 'channels' | 'changed'>,
  reference: string,
): Promise<ChannelRow | Refusal> {
  const channel = await findChannel(ports, reference);
  if (isRefusal(channel)) return channel;
  await announcing(ports.changed, { kind: 'channel', id: channel.id }, () =>
    ports.channels.remove(channel.id),
  );
  return channel;
}

async function findChannel(
  { channels }: Pick<ConsolePorts, 'channels'>,
  reference: string,
): Promise<ChannelRow | Refusal> {
  const rows = await channels.list();
  return (
    rows.find((row) => row.name === reference) ??
    rows.find((row) => row.id === reference) ??
    refuse('unknown-channel', { channel: reference })
  );
}

async function store(
  ports: ChannelPorts,
  channel: ChannelRow,
  edit: ChannelEdit,
): Promise<ChannelRow | Refusal> {
  const edited = editChannelRow(ports, channel, edit);
  if (isRefusal(edited)) return edited;
  const outcome = await announcing(ports.changed, { kind: 'channel', id: edited.id }, () =>
    ports.channels.put(edited),
  );
  return outcome === 'exists' ? refuse('channel-name-taken', { name: edited.name }) : edited;
}
