import { editChannel, removeChannel } from '../../console/put-channel.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { ChannelRow } from '../../storage/channel-store.ts';
import { addChannelCommand } from './add-channel-command.ts';
import { CHANNEL_FIELDS, CHANNEL_OPTIONS } from './channel-options.ts';
import { defineCommand, facts, table } from './command.ts';
import { argument, flag, option } from './parameter.ts';
import { presentChannel } from './present-channel.ts';
import { text } from './value-kind.ts';

const CHANNEL = text('CHANNEL');
const listing = defineCommand({
  name: 'channels list',
  mutates: false,
  parameters: {},
  view: [table('channels', ...CHANNEL_FIELDS)],
  async run({ channels }) {
    return { channels: (await channels.list()).map(presentChannel) };
  },
});

const set = defineCommand({
  name: 'channels set',
  mutates: true,
  parameters: {
    channel: argument(CHANNEL),
    name: option(text('NAME')),
    ...CHANNEL_OPTIONS,
    noKey: flag(),
    noContext: flag(),
  },
  view: [facts(...CHANNEL_FIELDS)],
  async run(context, input) {
    return answerWith(
      await editChannel(context, input.channel, {
        name: input.name,
        address: input.baseUrl,
        key: input.noKey ? null : input.key,
        models: input.model,
        inputModalities: input.input,
        contextTokens: input.noContext ? null : input.context,
        priority: input.priority,
      }),
    );
  },
});

function enabling<const Name extends string>(name: Name, enabled: boolean) {
  return defineCommand({
    name,
    mutates: true,
    parameters: { channel: argument(CHANNEL) },
    view: [],
    async run(context, input) {
      return answerWith(await editChannel(context, input.channel, { enabled }));
    },
  });
}

const remove = defineCommand({
  name: 'channels remove',
  mutates: true,
  parameters: { channel: argument(CHANNEL) },
  view: [],
  async run(context, input) {
    return answerWith(await removeChannel(context, input.channel));
  },
});

function answerWith(channel: ChannelRow | Refusal) {
  return isRefusal(channel) ? channel : presentChannel(channel);
}

/** Channels: the upstreams that answer the catalogue's models. */
export const CHANNEL_COMMANDS = [
  listing,
  addChannelCommand,
  set,
  enabling('channels enable', true),
  enabling('channels disable', false),
  remove,
];
