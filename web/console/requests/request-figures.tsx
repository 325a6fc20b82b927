import type { ReactNode } from 'react';
import { Money } from '../../design/money.tsx';
import type { OneRequestProps } from './request-page.tsx';

/** Cost, tokens and times, side by side. */
export function RequestFigures({ words: { one }, request }: OneRequestProps): ReactNode {
  const { timing, outputTokens, inputTokens } = request;
  const answerSeconds = timing.answerMs / 1_000;
  const perSecond = outputTokens > 1 && answerSeconds > 0 ? outputTokens / answerSeconds : undefined;
  const counted = request.estimated ? one.estimated : one.reported;
  return (
    <div className="band b4 pair one-figures">
      <div>
        <div className="k">{one.cost}</div>
        <div className="figure sm">
          <Money ticks={request.costTicks} />
        </div>
        <div className="meta t3 num">{one.ticks(BigInt(request.costTicks).toLocaleString('en'))}</div>
      </div>
      <div>
        <div className="k">{one.tokens}</div>
        <div className="figure sm num">
          {inputTokens.toLocaleString('en')} <span className="unit">→</span>{' '}
          {outputTokens.toLocaleString('en')}
        </div>
        <div className="meta t3">{inputTokens + outputTokens === 0 ? one.noTokens : counted}</div>
      </div>
      <div>
        <div className="k">{one.first}</div>
        <div className="figure sm num">
          {request.streamed && request.timeToFirstTokenMs !== null ? (
            <Time ms={request.timeToFirstTokenMs} />
          ) : (
            one.nothing
          )}
        </div>
        <div className="meta t3">
          {timing.queuedMs >= 1 ? one.queued(`${whole(timing.queuedMs)} ms`) : one.notQueued}
        </div>
      </div>
      <div>
        <div className="k">{one.whole}</div>
        <div className="figure sm num">
          <Time ms={request.durationMs} />
        </div>
        <div className="meta t3">
          {request.streamed && perSecond !== undefined
            ? one.speed(perSecond.toLocaleString('en', { maximumFractionDigits: 1 }))
            : request.streamed
              ? one.streamed
              : one.inOne}
        </div>
      </div>
    </div>
  );
}

function Time({ ms }: { readonly ms: number }): ReactNode {
  const isLong = ms >= 10_000;
  return (
    <>
      {isLong ? (ms / 1_000).toFixed(2) : whole(ms)} <span className="unit">{isLong ? 's' : 'ms'}</span>
    </>
  );
}

export function whole(ms: number): string {
  return Math.round(ms).toLocaleString('en');
}
