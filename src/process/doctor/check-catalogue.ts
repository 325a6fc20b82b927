import { type CatalogueModel, modelFault } from '../../domain/model-catalogue.ts';
import { isSanePriceSheet, priceAt } from '../../domain/price.ts';
import type { ChannelRow } from '../../storage/channel-store.ts';
import { type CheckResult, found } from './check-result.ts';

/** Every model is well defined, has a price now, and no name leads to two of them. */
export function checkCatalogue(models: readonly CatalogueModel[], nowMs: number): CheckResult[] {
  if (models.length === 0) return [found('warning', 'catalogue-empty', {})];
  const findings: CheckResult[] = [];
  const seen = new Set<string>();
  for (const model of models) {
    const fault = modelFault(model);
    if (fault !== undefined) findings.push(found('problem', 'model-wrong', { model: model.id, fault }));
    const price = priceAt(model.prices, nowMs);
    if (price === undefined || !isSanePriceSheet(price)) {
      findings.push(found(model.enabled ? 'problem' : 'warning', 'model-without-price', { model: model.id }));
    }
    for (const name of [model.id, ...model.aliases]) {
      if (seen.has(name)) findings.push(found('problem', 'name-twice', { name }));
      seen.add(name);
    }
  }
  return findings.length > 0 ? findings : [found('ok', 'catalogue-ok', { models: models.length })];
}

/** What answers a model, as the running server has it. */
export interface Answering {
  readonly channel: string;
  readonly simulated: boolean;
}

/**
 * Every model that callers may name is answered by something. A server knows by what; without one only the channels
 * are known, and what they leave is answered as the server's start decides.
 */
export function checkUpstreams(
  models: readonly CatalogueModel[],
  channels: readonly ChannelRow[],
  answering: ((model: CatalogueModel) => Answering | undefined) | undefined,
): CheckResult[] {
  return models
    .filter((model) => model.enabled)
    .map((model) => {
      if (answering === undefined) {
        const channel = channels.find((row) => row.enabled && serves(row, model));
        return channel === undefined
          ? found('warning', 'model-by-default', { model: model.id })
          : channel.kind === 'simulator'
            ? found('warning', 'model-simulated', { model: model.id })
            : found('ok', 'model-answered', { model: model.id, channel: channel.name });
      }
      const answer = answering(model);
      if (answer === undefined) return found('problem', 'model-unanswered', { model: model.id });
      if (answer.simulated) return found('warning', 'model-simulated', { model: model.id });
      return found('ok', 'model-answered', { model: model.id, channel: answer.channel });
    });
}

function serves(channel: ChannelRow, model: CatalogueModel): boolean {
  return Object.hasOwn(channel.models, model.id) || Object.hasOwn(channel.models, '*');
}
