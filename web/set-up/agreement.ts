import type { ConnectProposal, UpstreamModel } from '../../src/http/api/wire/operator-connect.ts';
import { dollarsAMillion, ticksPerToken } from './price-text.ts';

/** A model that is not in the catalogue yet, as a person has filled it in. */
export interface Addition {
  readonly name: string;
  readonly isChosen: boolean;
  readonly context: string;
  /** False when the upstream did not say it, so that it is assumed. */
  readonly isContextKnown: boolean;
  readonly input: string;
  readonly output: string;
}

/** What a proposal has become under a person's hands. */
export interface Agreement {
  readonly name: string;
  readonly routes: readonly (ConnectProposal['routes'][number] & { readonly isChosen: boolean })[];
  readonly additions: readonly Addition[];
  readonly inputModalities: ConnectProposal['inputModalities'];
}

const ASSUMED_CONTEXT = 8_192;

/** A proposal as it stands before anybody has changed it. */
export function agreementOf(proposal: ConnectProposal, isNear: boolean): Agreement {
  const { name, routes, additions, addsAll, inputModalities } = proposal;
  return {
    ...{ name, inputModalities },
    routes: routes.map((route) => ({ ...route, isChosen: true })),
    additions: additions.map((model) => additionOf(model, addsAll, isNear)),
  };
}

/** Nothing is free without a word: a price is the upstream's own, or zero where nothing is paid, or asked for. */
function additionOf(
  { name, contextTokens, prices }: UpstreamModel,
  isChosen: boolean,
  isNear: boolean,
): Addition {
  const unknown = isNear ? '0' : '';
  return {
    ...{ name, isChosen, context: String(contextTokens ?? ASSUMED_CONTEXT) },
    isContextKnown: contextTokens !== null,
    input: prices === null ? unknown : dollarsAMillion(prices.inputTicksPerToken),
    output: prices === null ? unknown : dollarsAMillion(prices.outputTicksPerToken),
  };
}

/** What is sent, or undefined while something of it is missing or is no figure. */
export function connectionOf({ name, routes, additions, inputModalities }: Agreement) {
  const chosen = additions
    .filter(({ isChosen }) => isChosen)
    .map((addition) => ({
      name: addition.name,
      contextTokens: Number(addition.context),
      inputTicksPerToken: ticksPerToken(addition.input),
      outputTicksPerToken: ticksPerToken(addition.output),
    }));
  const isWhole = chosen.every(
    ({ contextTokens, inputTicksPerToken, outputTicksPerToken }) =>
      Number.isSafeInteger(contextTokens) && contextTokens > 0 && inputTicksPerToken && outputTicksPerToken,
  );
  const kept = routes.filter(({ isChosen }) => isChosen);
  if (!isWhole || kept.length + chosen.length === 0 || name.trim() === '') return undefined;
  return {
    ...{ name, inputModalities, additions: chosen },
    routes: kept.map(({ model, upstreamModel }) => ({ model, upstreamModel })),
  };
}
