import { addPrice } from '../../console/price-model.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { defineCommand, facts } from './command.ts';
import { argument, option, requiredOption } from './parameter.ts';
import { presentPrice } from './present-model.ts';
import { moment, price, text } from './value-kind.ts';

/** Adds prices; the ones before stay, since requests were charged by them. */
export const priceModelCommand = defineCommand({
  name: 'models price',
  mutates: true,
  parameters: {
    model: argument(text('MODEL')),
    input: requiredOption(price),
    output: requiredOption(price),
    cachedInput: option(price),
    imageInput: option(price),
    audioInput: option(price),
    from: option(moment),
  },
  view: [
    facts(
      'id',
      'valid_from',
      'input_ticks_per_token',
      'cached_input_ticks_per_token',
      'image_input_ticks_per_token',
      'audio_input_ticks_per_token',
      'output_ticks_per_token',
    ),
  ],
  async run(context, { model, from, ...prices }) {
    const priced = await addPrice(context, model, prices, from);
    return isRefusal(priced) ? priced : { id: priced.model, ...presentPrice(priced.sheet) };
  },
});
