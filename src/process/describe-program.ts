import type { CatalogueModel } from '../domain/model-catalogue.ts';
import { formatUsd } from '../domain/money.ts';
import { priceAt } from '../domain/price.ts';
import type { HomePageFacts } from '../http/home-page.ts';
import type { Program } from './compose.ts';
import type { Answering } from './doctor/check-catalogue.ts';
import type { StartAnswers } from './print-start.ts';
import { systemClock as clock } from './system-clock.ts';
import { VERSION } from './version.ts';

/** What the page for people says of the program in this moment. */
export function homePageFacts(program: Program, baseUrl: string, ollamaFound: boolean): HomePageFacts {
  const perMillion = (ticksPerToken: bigint | undefined) => formatUsd((ticksPerToken ?? 0n) * 1_000_000n);
  return {
    baseUrl,
    version: VERSION,
    ollamaFound,
    models: program.models().map(({ model, contextTokens, simulated, upstream }) => {
      const sheet = priceAt(model.prices, clock.nowMs());
      return {
        id: model.id,
        input: model.inputModalities,
        output: model.outputModalities,
        contextTokens,
        perSecond: model.limits.requestsPerSecond,
        perMinute: model.limits.requestsPerMinute,
        perHour: model.limits.requestsPerHour,
        inputUsdPerMillion: perMillion(sheet?.inputTicksPerToken),
        outputUsdPerMillion: perMillion(sheet?.outputTicksPerToken),
        answeredBy: { name: upstream, simulated },
      };
    }),
  };
}

/**
 * Models that the same upstream answers stand together. A model whose first upstream takes no images stands twice
 * when another one takes them in its place.
 */
export function startAnswers(program: Program): StartAnswers[] {
  const groups = new Map<string, StartAnswers & { readonly models: string[] }>();
  const put = (model: string, { upstream, simulated, imagesOnly }: Omit<StartAnswers, 'models'>) => {
    const key = `${imagesOnly} ${upstream}`;
    const group = groups.get(key) ?? { models: [], upstream, simulated, imagesOnly };
    group.models.push(model);
    groups.set(key, group);
  };
  for (const { model, upstream, simulated } of program.models()) {
    put(model.id, { upstream, simulated });
    const [first, ...others] = program.upstreams.of(model);
    if (!model.inputModalities.includes('image') || first?.inputModalities.includes('image')) continue;
    const sees = others.find(({ inputModalities }) => inputModalities.includes('image'));
    if (sees === undefined) continue;
    put(model.id, { upstream: sees.upstreamModel(model.id), simulated: sees.simulated, imagesOnly: true });
  }
  return [...groups.values()];
}

/** What answers a model's text in this moment; undefined when nothing does. */
export function answeringNow(program: Program | undefined, model: CatalogueModel): Answering | undefined {
  const upstream = program?.upstreams.of(model)[0];
  return upstream === undefined ? undefined : { channel: upstream.name, simulated: upstream.simulated };
}

/** True when nothing is connected: whatever is offered, the simulator answers it. */
export function isSimulated(program: Program): boolean {
  return program.models().every(({ simulated }) => simulated);
}

/** True when some model has nothing real behind it. */
export function isPartlySimulated(program: Program): boolean {
  return program.models().some(({ simulated }) => simulated);
}
