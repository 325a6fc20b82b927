import type { ReactNode } from 'react';
import type { Model } from '../../../src/http/api/wire/models.ts';
import { moneyText } from '../../design/money.tsx';
import type { CallBody } from './draft.ts';
import { estimateCall } from './estimate.ts';
import type { PlaygroundWords } from './words.en.ts';

/** What the call is likely to cost, said as the estimate that it is. */
export function EstimateLine(props: {
  readonly words: PlaygroundWords;
  readonly body: CallBody;
  readonly model: Model;
}): ReactNode {
  const { words, body, model } = props;
  const estimate = estimateCall(body, model);
  if (estimate === undefined) return null;
  const { inputTokens, likelyTicks, mostTicks, hasImages } = estimate;
  return (
    <div className="estimate">
      <div className="num">{words.estimate(moneyText(likelyTicks), moneyText(mostTicks))}</div>
      <div className="meta t3 num">
        {words.estimateTokens(inputTokens.toLocaleString('en'))}
        {hasImages && ` · ${words.withoutImages}`}
      </div>
      <div className="micro">{words.estimateWhy}</div>
    </div>
  );
}
