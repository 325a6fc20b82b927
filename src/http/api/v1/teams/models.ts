import type { CatalogueModel } from '../../../../domain/model-catalogue.ts';
import { type PriceSheet, priceAt } from '../../../../domain/price.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { type ApiRoute, route } from '../../api-route.ts';
import { memberOf } from '../../guards.ts';
import type { LimitLeft } from '../../wire/home.ts';
import { ModelList, type Prices } from '../../wire/models.ts';

type ModelPorts = Pick<ApiPorts, 'models' | 'limitsLeft' | 'latency' | 'clock'>;

/** `/teams/:teamId/models`: what a team can call now, at what price, how fast and how much of it. */
export function modelRoutes(ports: ModelPorts): readonly ApiRoute[] {
  return [
    route({
      method: 'GET',
      path: '/teams/:teamId/models',
      summary: 'The models that are offered, with prices, limits left now and the latency seen here.',
      guards: [memberOf()],
      output: ModelList,
      handle({ team }) {
        const nowMs = ports.clock.nowMs();
        return {
          rows: ports.models().map(({ model, contextTokens, simulated, upstream }) => ({
            id: model.id,
            aliases: [...model.aliases],
            inputModalities: [...model.inputModalities],
            outputModalities: [...model.outputModalities],
            contextTokens,
            maximumOutputTokens: model.maximumOutputTokens,
            prices: presentPrices(priceAt(model.prices, nowMs)),
            nextPrices: presentPrices(nextPrices(model, nowMs)),
            limits: limitsLeft(ports, team.id, model),
            latency: ports.latency.ofModel(model.id),
            answeredBy: { name: upstream, simulated },
          })),
        };
      },
    }),
  ];
}

/** What is left of a team's limits for a model now. */
export function limitsLeft(
  ports: Pick<ApiPorts, 'limitsLeft'>,
  organizationId: string,
  model: CatalogueModel,
): LimitLeft[] {
  return ports
    .limitsLeft(organizationId, model)
    .map(({ name, limit, remaining }) => ({ limit: name, most: limit, left: remaining }));
}

export function presentPrices(sheet: PriceSheet): Prices;
export function presentPrices(sheet: PriceSheet | undefined): Prices | null;
export function presentPrices(sheet: PriceSheet | undefined): Prices | null {
  if (sheet === undefined) return null;
  return {
    validFromMs: sheet.validFromMs,
    inputTicksPerToken: String(sheet.inputTicksPerToken),
    cachedInputTicksPerToken: String(sheet.cachedInputTicksPerToken),
    imageInputTicksPerToken: String(sheet.imageInputTicksPerToken),
    audioInputTicksPerToken: String(sheet.audioInputTicksPerToken),
    outputTicksPerToken: String(sheet.outputTicksPerToken),
  };
}

/** The change that comes first. */
function nextPrices({ prices }: CatalogueModel, nowMs: number): PriceSheet | undefined {
  return prices
    .filter(({ validFromMs }) => validFromMs > nowMs)
    .sort((a, b) => a.validFromMs - b.validFromMs)[0];
}
