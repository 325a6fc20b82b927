import { findModel } from '../../console/find-model.ts';
import { putModel, removeModel } from '../../console/put-model.ts';
import type { CatalogueModel } from '../../domain/model-catalogue.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { defineCommand, table } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { MODEL_FACTS } from './model-facts.ts';
import { argument } from './parameter.ts';
import { presentModel, presentPrice } from './present-model.ts';
import { priceModelCommand } from './price-model-command.ts';
import { setModelCommand } from './set-model-command.ts';
import { text } from './value-kind.ts';

const MODEL = text('MODEL');
const listing = defineCommand({
  name: 'models list',
  mutates: false,
  parameters: {},
  view: [
    table(
      'models',
      'id',
      'aliases',
      'enabled',
      'input_modalities',
      'context_tokens',
      'limits',
      'input_ticks_per_token',
      'output_ticks_per_token',
    ),
  ],
  async run({ catalogue, clock }) {
    return { models: (await catalogue.list()).map((model) => presentModel(model, clock.nowMs())) };
  },
});

const show = defineCommand({
  name: 'models show',
  mutates: false,
  parameters: { model: argument(MODEL) },
  view: [
    MODEL_FACTS,
    table(
      'prices',
      'valid_from',
      'input_ticks_per_token',
      'cached_input_ticks_per_token',
      'image_input_ticks_per_token',
      'audio_input_ticks_per_token',
      'output_ticks_per_token',
    ),
  ],
  async run(context, input) {
    const model = await findModel(context, input.model);
    if (isRefusal(model)) return model;
    return { ...presentModel(model, context.clock.nowMs()), prices: model.prices.map(presentPrice) };
  },
});

function enabling<const Name extends string>(name: Name, enabled: boolean) {
  return defineCommand({
    name,
    mutates: true,
    parameters: { model: argument(MODEL) },
    view: [],
    async run(context, input) {
      const model = await findModel(context, input.model);
      return isRefusal(model) ? model : answerWith(context, await putModel(context, model.id, { enabled }));
    },
  });
}

const remove = defineCommand({
  name: 'models remove',
  mutates: true,
  parameters: { model: argument(MODEL) },
  view: [],
  async run(context, input) {
    return answerWith(context, await removeModel(context, input.model));
  },
});

function answerWith({ clock }: CommandContext, model: CatalogueModel | Refusal) {
  return isRefusal(model) ? model : presentModel(model, clock.nowMs());
}

/** The catalogue: what callers may name, what it takes, and what it costs. */
export const MODEL_COMMANDS = [
  listing,
  show,
  setModelCommand,
  priceModelCommand,
  enabling('models enable', true),
  enabling('models disable', false),
  remove,
];
