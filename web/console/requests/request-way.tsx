import type { ReactNode } from 'react';
import { moneyText } from '../../design/money.tsx';
import type { OneRequestProps } from './request-page.tsx';

const PLACES = 6;

/** How it ended, what answered it, and every figure that is kept of it. */
export function RequestWay({ words, request }: OneRequestProps): ReactNode {
  const { one, table } = words;
  const { route, failureCode, outcome, costTicks } = request;
  const said = [
    one.ended[outcome] ?? table.result[request.result],
    failureCode !== null && one.why[failureCode],
    costTicks === '0' ? one.notCharged : one.charged(moneyText(costTicks, PLACES)),
  ];
  return (
    <section>
      <div className="sec-h">
        <h2>{one.ending}</h2>
      </div>
      <p className="ended">{said.filter((sentence) => sentence).join(' ')}</p>
      <div className="sec-h way-head">
        <h2>{one.route}</h2>
      </div>
      {route === null ? (
        <p className="t2">{one.noRoute}</p>
      ) : (
        <>
          <div className="row wrap">
            <span className="b5">{route.channel}</span>
            <span className="meta t3">{one.asModel(route.upstreamModel)}</span>
          </div>
          {route.simulated && <p className="meta">{one.simulator}</p>}
        </>
      )}
      <details className="reveal fold-rest">
        <summary>
          <span className="b5">{one.figures}</span>
        </summary>
        <Figures words={words} request={request} />
      </details>
    </section>
  );
}

const TOKENS = [
  'inputTokens',
  'cachedInputTokens',
  'imageInputTokens',
  'audioInputTokens',
  'outputTokens',
  'reasoningTokens',
] as const;

function Figures({ words: { one }, request }: OneRequestProps): ReactNode {
  const { tokens, reported } = request;
  const n = (count: number) => count.toLocaleString('en');
  const figures: (readonly [string, string])[] = [
    [one.figure.id, request.id],
    [one.figure.outcome, request.outcome],
    [one.figure.httpStatus, request.httpStatus === 0 ? one.nothing : String(request.httpStatus)],
    [one.figure.failureCode, request.failureCode ?? one.nothing],
    ...TOKENS.map((name) => [one.figure[name], n(tokens[name])] as const),
    [
      one.figure.reported,
      reported === null
        ? one.notReported
        : one.reportedAs(
            n(reported.inputTokens),
            n(reported.cachedInputTokens),
            n(reported.outputTokens),
            n(reported.reasoningTokens),
          ),
    ],
    [one.figure.costTicks, BigInt(request.costTicks).toLocaleString('en')],
  ];
  return (
    <dl className="raw">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
