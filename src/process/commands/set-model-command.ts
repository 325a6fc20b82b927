import { findModel } from '../../console/find-model.ts';
import { addPrice } from '../../console/price-model.ts';
import { putModel } from '../../console/put-model.ts';
import type { CatalogueModel } from '../../domain/model-catalogue.ts';
import type { Ticks } from '../../domain/money.ts';
import { priceAt } from '../../domain/price.ts';
import { isRefusal, refuse } from '../../domain/refusal.ts';
import { defineCommand } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { MODEL_FACTS } from './model-facts.ts';
import { argument, list, option } from './parameter.ts';
import { presentModel } from './present-model.ts';
import { count, modalities, price, text } from './value-kind.ts';

/** Changes a model, or makes one that nobody knows yet. */
export const setModelCommand = defineCommand({
  name: 'models set',
  mutates: true,
  parameters: {
    model: argument(text('MODEL')),
    context: option(count),
    maxOutput: option(count),
    input: option(modalities),
    ownedBy: option(text('NAME')),
    addAlias: list(text('NAME')),
    removeAlias: list(text('NAME')),
    inputPrice: option(price),
    outputPrice: option(price),
  },
  view: [MODEL_FACTS],
  async run(context, input) {
    const prices =
      input.inputPrice === undefined || input.outputPrice === undefined
        ? undefined
        : { input: input.inputPrice, output: input.outputPrice };
    // An alias names the model it stands for; a name that nobody has is a new model's.
    const known = await findModel(context, input.model);
    const model = await putModel(context, isRefusal(known) ? input.model : known.id, {
      contextTokens: input.context,
      maximumOutputTokens: input.maxOutput,
      inputModalities: input.input,
      ownedBy: input.ownedBy,
      addAliases: input.addAlias,
      removeAliases: input.removeAlias,
      prices,
    });
    if (isRefusal(model)) return model;
    const priced = isRefusal(known)
      ? undefined
      : await reprice(context, known, input.inputPrice, input.outputPrice);
    if (isRefusal(priced)) return priced;
    const result = priced === undefined ? model : await findModel(context, model.id);
    return isRefusal(result) ? result : presentModel(result, context.clock.nowMs());
  },
});

/** New prices of a known model, from now on. What is not named stays; a new price of text is that of all input. */
async function reprice(
  context: CommandContext,
  model: CatalogueModel,
  inputPrice: Ticks | undefined,
  outputPrice: Ticks | undefined,
) {
  if (inputPrice === undefined && outputPrice === undefined) return undefined;
  const current = priceAt(model.prices, context.clock.nowMs()) ?? model.prices[0];
  if (current === undefined) return refuse('model-needs-price', { model: model.id });
  const kept = {
    input: current.inputTicksPerToken,
    cachedInput: current.cachedInputTicksPerToken,
    imageInput: current.imageInputTicksPerToken,
    audioInput: current.audioInputTicksPerToken,
  };
  const output = outputPrice ?? current.outputTicksPerToken;
  return addPrice(context, model.id, {
    ...(inputPrice === undefined ? kept : { input: inputPrice }),
    output,
  });
}
