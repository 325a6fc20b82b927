import type { ProbeEvent as ProbeStep } from '../../../../console/connect/probe-upstream.ts';
import { isNear } from '../../../../console/connect/propose-channel.ts';
import type { UpstreamModel as ModelRow } from '../../../../console/connect/upstream-models.ts';
import type { ProbeEvent, UpstreamModel } from '../../wire/operator-connect.ts';

/** A page shows a few and chooses from these. */
const SHOWN_NAMES = 500;

/** One step of a try, member by member; no key is among them. */
export function presentProbe(step: ProbeStep): ProbeEvent {
  switch (step.kind) {
    case 'found':
      return { ...step, isNear: isNear(step.baseUrl) };
    case 'trying':
      return step;
    case 'models': {
      const names = step.models.slice(0, SHOWN_NAMES).map(({ name }) => name);
      return { kind: 'models', count: step.models.length, names, failed: step.failed };
    }
    case 'tried': {
      const { outcome, failed, tookMs, firstTokenMs } = step.tried;
      const costTicks = step.costTicks === null ? null : String(step.costTicks);
      return {
        kind: 'tried',
        what: step.what,
        model: step.model,
        outcome,
        failed,
        tookMs,
        firstTokenMs,
        costTicks,
      };
    }
    case 'done': {
      const { answers, proposal } = step;
      if (proposal === null) return { kind: 'done', answers, proposal };
      const { name, routes, additions, addsAll, inputModalities } = proposal;
      return {
        ...{ kind: 'done', answers },
        proposal: {
          ...{ name, addsAll },
          routes: [...routes],
          additions: additions.slice(0, SHOWN_NAMES).map(presentModel),
          inputModalities: [...inputModalities],
        },
      };
    }
  }
}

function presentModel({ name, contextTokens, prices }: ModelRow): UpstreamModel {
  return {
    name,
    contextTokens,
    prices: prices && {
      inputTicksPerToken: String(prices.input),
      outputTicksPerToken: String(prices.output),
    },
  };
}
