import { useState } from 'react';
import type { ConnectProposal, UpstreamModel } from '../../src/http/api/wire/operator-connect.ts';
import { dollarsAMillion, ticksPerToken } from './figures.tsx';

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

function agreementOf(proposal: ConnectProposal, isNear: boolean): Agreement {
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

/** The agreement on a proposal; it begins anew with each proposal. */
export function useAgreement(proposal: ConnectProposal | null | undefined, isNear: boolean) {
  const [state, setState] = useState<{ of: unknown; agreement: Agreement | undefined }>({
    ...{ of: undefined, agreement: undefined },
  });
  if (state.of !== (proposal ?? undefined)) {
    const agreement = proposal == null ? undefined : agreementOf(proposal, isNear);
    setState({ of: proposal ?? undefined, agreement });
    return [agreement, () => {}] as const;
  }
  const change = (agreement: Agreement) => setState({ ...state, agreement });
  return [state.agreement, change] as const;
}
