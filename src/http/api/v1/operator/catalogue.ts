import { findModel } from '../../../../console/find-model.ts';
import type { ModelEdit as ModelEditCommand } from '../../../../console/model-edit.ts';
import { previewPrice } from '../../../../console/preview-price.ts';
import { addPrice, type ModelPrices } from '../../../../console/price-model.ts';
import { putModel, removeModel } from '../../../../console/put-model.ts';
import type { CatalogueModel as ModelRow } from '../../../../domain/model-catalogue.ts';
import { priceAt } from '../../../../domain/price.ts';
import { isRefusal } from '../../../../domain/refusal.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { operator } from '../../guards.ts';
import {
  Catalogue,
  CatalogueModel,
  ModelEdit,
  NewPrices,
  PricePreview,
} from '../../wire/operator-catalogue.ts';
import { Done } from '../../wire/scalars.ts';
import { presentPrices } from '../teams/models.ts';
import { presentLimits } from '../teams/present-key.ts';

type CataloguePorts = Pick<ApiPorts, 'catalogue' | 'clock' | 'changed' | 'models' | 'reports'>;

/** `/operator/catalogue`: the models that are offered, their limits, and their price sheets. */
export function catalogueRoutes(ports: CataloguePorts): readonly ApiRoute[] {
  const present = (model: ModelRow): CatalogueModel => ({
    id: model.id,
    aliases: [...model.aliases],
    inputModalities: [...model.inputModalities],
    outputModalities: [...model.outputModalities],
    contextTokens: model.contextTokens,
    maximumOutputTokens: model.maximumOutputTokens,
    limits: presentLimits(model.limits),
    prices: [...model.prices]
      .sort((a, b) => a.validFromMs - b.validFromMs)
      .map((sheet) => presentPrices(sheet)),
    ownedBy: model.ownedBy,
    enabled: model.enabled,
    createdAtMs: model.createdAtMs,
    answeredBy: ports.models().find((offered) => offered.model.id === model.id)?.upstream ?? null,
  });
  return [
    route({
      method: 'GET',
      path: '/operator/catalogue',
      summary: 'All models with all their price sheets, those that are switched off too.',
      guards: [operator],
      output: Catalogue,
      handle: async () => ({ rows: (await ports.catalogue.list()).map(present) }),
    }),
    route({
      method: 'PATCH',
      path: '/operator/catalogue/:modelId',
      summary: 'Changes a model, or makes it if there is none of this name.',
      guards: [operator],
      action: 'model.change',
      body: ModelEdit,
      output: CatalogueModel,
      async handle({ parameters: { modelId = '' }, body, note }) {
        const before = (await ports.catalogue.list()).find(({ id }) => id === modelId);
        if (before !== undefined) note({ before: { ...present(before) } });
        const model = await putModel(ports, modelId, commandOf(body, before));
        return isRefusal(model) ? model : present(model);
      },
    }),
    route({
      method: 'DELETE',
      path: '/operator/catalogue/:modelId',
      summary: 'Takes a model out of the catalogue. What was charged for it stays in the books.',
      guards: [operator],
      action: 'model.remove',
      output: Done,
      async handle({ parameters: { modelId = '' } }) {
        const removed = await removeModel(ports, modelId);
        return isRefusal(removed) ? removed : { done: true as const };
      },
    }),
    route({
      method: 'POST',
      path: '/operator/catalogue/:modelId/prices',
      summary: 'Adds prices that hold from a moment on. Requests that run keep theirs.',
      guards: [operator],
      action: 'model.price',
      body: NewPrices,
      output: CatalogueModel,
      status: 201,
      async handle({ parameters: { modelId = '' }, body, note }) {
        const known = (await ports.catalogue.list()).find(({ id }) => id === modelId);
        const before = known && priceAt(known.prices, ports.clock.nowMs());
        if (before !== undefined) note({ before: presentPrices(before) });
        const priced = await addPrice(ports, modelId, pricesOf(body), body.validFromMs);
        if (isRefusal(priced)) return priced;
        note({ subject: priced.model });
        const model = await findModel(ports, priced.model);
        return isRefusal(model) ? model : present(model);
      },
    }),
    route({
      method: 'POST',
      path: '/operator/catalogue/:modelId/prices/preview',
      summary: 'What the last 30 days would have cost by these prices.',
      guards: [operator],
      body: NewPrices,
      output: PricePreview,
      async handle({ parameters: { modelId = '' }, body }) {
        const preview = await previewPrice(ports, modelId, pricesOf(body));
        if (isRefusal(preview)) return preview;
        const { requests, nowTicks, thenTicks } = preview;
        return { requests, nowTicks: String(nowTicks), thenTicks: String(thenTicks) };
      },
    }),
  ];
}

/** A page sends the aliases as they shall be; the use-case is told which to add and which to take away. */
function commandOf(
  { aliases, prices, ...edit }: ReturnType<typeof ModelEdit.parse>,
  before: ModelRow | undefined,
): ModelEditCommand {
  return {
    ...edit,
    addAliases: aliases,
    removeAliases: aliases && before?.aliases.filter((alias) => !aliases.includes(alias)),
    prices: prices && {
      input: BigInt(prices.inputTicksPerToken),
      output: BigInt(prices.outputTicksPerToken),
    },
  };
}

function pricesOf(body: ReturnType<typeof NewPrices.parse>): ModelPrices {
  const ticks = (text: string | undefined) => (text === undefined ? undefined : BigInt(text));
  return {
    input: BigInt(body.inputTicksPerToken),
    output: BigInt(body.outputTicksPerToken),
    cachedInput: ticks(body.cachedInputTicksPerToken),
    imageInput: ticks(body.imageInputTicksPerToken),
    audioInput: ticks(body.audioInputTicksPerToken),
  };
}
