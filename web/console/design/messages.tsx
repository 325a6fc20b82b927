import { type ReactNode, useState } from 'react';
import { Empty, Failed, Skeleton } from '../../design/section-state.tsx';
import { ShownPart } from './shown-part.tsx';
import type { DesignWords } from './words.en.ts';

interface PartProps {
  readonly words: DesignWords;
}

const TONES = ['info', 'good', 'warn', 'bad'] as const;

export function Messages({ words }: PartProps): ReactNode {
  return (
    <ShownPart title={words.messages} source="ui.css">
      <div className="stack">
        {TONES.map((tone) => (
          <div className={`banner ${tone}`} key={tone}>
            <span className="grow">{words.message}</span>
            <button type="button" className="btn sm">
              {words.button}
            </button>
          </div>
        ))}
      </div>
      <p className="row g4 wrap">
        <span className="st">
          <i className="dot" />
          {words.signs.open}
        </span>
        <span className="st">
          <i className="dot warn" />
          {words.signs.slow}
        </span>
        <span className="st">
          <i className="dot bad" />
          {words.signs.closed}
        </span>
        <span className="st">
          <i className="dot off" />
          {words.signs.off}
        </span>
        <span className="badge">200</span>
        {TONES.map((tone) => (
          <span className={`badge ${tone}`} key={tone}>
            {tone}
          </span>
        ))}
        <span className="badge line">vLLM</span>
      </p>
      <p className="micro">{words.roads}</p>
      <div className="road" />
      <div className="road move" />
      <div className="meter">
        <i style={{ width: '70%' }} />
      </div>
    </ShownPart>
  );
}

export function States({ words }: PartProps): ReactNode {
  // A page with a skeleton is not there yet, and whoever waits for it would wait for ever.
  const [isLoading, setIsLoading] = useState(false);
  return (
    <ShownPart title={words.states} source="section-state.tsx">
      <div className="band b3">
        <Empty title={words.empty.title} text={words.empty.text}>
          <button type="button" className="btn">
            {words.button}
          </button>
        </Empty>
        <div>
          <button
            type="button"
            className="btn"
            aria-pressed={isLoading}
            onClick={() => setIsLoading(!isLoading)}
          >
            {words.loading}
          </button>
          {isLoading && <Skeleton label={words.loading} />}
        </div>
        <div>
          <Failed text={words.failed} again={words.again} onAgain={() => {}} />
        </div>
      </div>
    </ShownPart>
  );
}
