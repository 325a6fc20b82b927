import {
  CHANNEL_PRESETS,
  type ChannelPreset,
  type ChannelPresetName,
} from '../../console/channel-presets.ts';
import { addChannel } from '../../console/put-channel.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { CHANNEL_FIELDS, CHANNEL_OPTIONS } from './channel-options.ts';
import { defineCommand, facts } from './command.ts';
import { option, optionalArgument } from './parameter.ts';
import { presentChannel } from './present-channel.ts';
import { choice, text } from './value-kind.ts';

/** Connects an upstream; a preset fills in what is known of it. */
export const addChannelCommand = defineCommand({
  name: 'channels add',
  mutates: true,
  parameters: {
    name: optionalArgument(text('NAME')),
    preset: option(choice(presetNames())),
    kind: option(choice(['openai-compatible', 'simulator', 'local'])),
    ...CHANNEL_OPTIONS,
  },
  view: [facts(...CHANNEL_FIELDS)],
  async run(context, input) {
    const preset: ChannelPreset | undefined =
      input.preset === undefined ? undefined : CHANNEL_PRESETS[input.preset];
    const kind = input.kind ?? 'openai-compatible';
    const channel = await addChannel(context, {
      kind,
      name: input.name ?? preset?.name ?? kind,
      address: input.baseUrl ?? preset?.baseUrl,
      key: input.key,
      models: input.model ?? preset?.routes,
      inputModalities: input.input ?? preset?.inputModalities,
      contextTokens: input.context,
      priority: input.priority,
    });
    return isRefusal(channel) ? channel : presentChannel(channel);
  },
});

function presetNames(): readonly [ChannelPresetName, ...ChannelPresetName[]] {
  const [first, ...others] = Object.keys(CHANNEL_PRESETS) as [ChannelPresetName, ...ChannelPresetName[]];
  return [first, ...others];
}
