import { findModel } from '../../console/find-model.ts';
import { putModel } from '../../console/put-model.ts';
import type { CatalogueModel } from '../../domain/model-catalogue.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { defineCommand, facts, table } from './command.ts';
import { LIMIT_OPTIONS, readLimitOptions } from './limit-options.ts';
import { argument, optionalArgument } from './parameter.ts';
import { presentLimits } from './present-key.ts';
import { text } from './value-kind.ts';

const FIELDS = [
  'model',
  'requests_per_second',
  'requests_per_minute',
  'requests_per_hour',
  'tokens_per_minute',
  'requests_in_flight',
];

const show = defineCommand({
  name: 'limits show',
  mutates: false,
  parameters: { model: optionalArgument(text('MODEL')) },
  view: [table('models', ...FIELDS)],
  async run(context, input) {
    const named = input.model === undefined ? undefined : await findModel(context, input.model);
    if (isRefusal(named)) return named;
    const models = named === undefined ? await context.catalogue.list() : [named];
    return { models: models.map(presentModelLimits) };
  },
});

const set = defineCommand({
  name: 'limits set',
  mutates: true,
  parameters: { model: argument(text('MODEL')), ...LIMIT_OPTIONS },
  view: [facts(...FIELDS)],
  async run(context, input) {
    const model = await findModel(context, input.model);
    if (isRefusal(model)) return model;
    const changed = await putModel(context, model.id, { limits: readLimitOptions(input) });
    return isRefusal(changed) ? changed : presentModelLimits(changed);
  },
});

function presentModelLimits({ id, limits }: CatalogueModel) {
  return { model: id, ...presentLimits(limits) };
}

/** The limits of a model, which hold for each team that calls it. Those of one key are set with the key. */
export const LIMIT_COMMANDS = [show, set];
