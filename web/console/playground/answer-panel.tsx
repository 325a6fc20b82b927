import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { CopyButton } from '../../design/copy-button.tsx';
import { duration } from '../../design/figures.ts';
import { Money } from '../../design/money.tsx';
import { TabList } from '../../design/tab-list.tsx';
import type { CallBody } from './draft.ts';
import type { Run } from './use-run.ts';
import type { PlaygroundWords } from './words.en.ts';

const TABS = ['answer', 'request', 'raw'] as const;
type Tab = (typeof TABS)[number];

interface AnswerPanelProps {
  readonly words: PlaygroundWords;
  readonly run: Run | undefined;
  /** Of the draft as it stands; undefined while something is wrong with it. */
  readonly body: CallBody | undefined;
  readonly onGoOn: (run: Run) => void;
}

/** What was answered, and what went over the wire for it. */
export function AnswerPanel({ words, run, body, onGoOn }: AnswerPanelProps): ReactNode {
  const [tab, setTab] = useState<Tab>('answer');
  const sent = run?.body ?? body;
  const request = sent === undefined ? '' : JSON.stringify(sent, null, 2);
  return (
    <section className="answer-panel">
      <TabList
        label={words.tabsLabel}
        tabs={TABS.map((name) => ({ name, text: words.tabs[name] }))}
        chosen={tab}
        onChoose={setTab}
      >
        {tab === 'answer' &&
          (run === undefined ? (
            <p className="t3">{words.nothingYet}</p>
          ) : (
            <Answered words={words} run={run} onGoOn={onGoOn} />
          ))}
        {tab === 'request' && <Raw words={words} head="POST /v1/chat/completions" text={request} />}
        {tab === 'raw' && (
          <Raw
            words={words}
            head={run?.status === undefined ? words.nothingYet : `HTTP ${run.status}`}
            text={run?.raw ?? ''}
          />
        )}
      </TabList>
    </section>
  );
}

function Raw(props: {
  readonly words: PlaygroundWords;
  readonly head: string;
  readonly text: string;
}): ReactNode {
  const { words, head, text } = props;
  return (
    <div className="code">
      <div className="ch">
        <span className="grow">{head}</span>
        {text !== '' && <CopyButton text={text} words={words} isSmall />}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long texts scroll, by keyboard too. */}
      <pre tabIndex={0} className="raw-text">
        {text}
      </pre>
    </div>
  );
}

interface AnsweredProps {
  readonly words: PlaygroundWords;
  readonly run: Run;
  readonly onGoOn: (run: Run) => void;
}

function Answered({ words, run, onGoOn }: AnsweredProps): ReactNode {
  const { state, answer } = run;
  const { text, reasoning, toolCalls, error, finish } = answer;
  const isRunning = state === 'running';
  const isOver = state === 'done' || state === 'stopped';
  return (
    <>
      {isRunning && text === '' && <i className="road move first-wait" />}
      {reasoning !== '' && (
        <details className="reveal">
          <summary>
            <span className="b5">{words.reasoning}</span>
          </summary>
          <p className="said t2">{reasoning}</p>
        </details>
      )}
      {text !== '' && (
        <p className="said">
          {text}
          {isRunning && <i className="caret" />}
        </p>
      )}
      {toolCalls.length > 0 && (
        <>
          <h3>{words.calls}</h3>
          {toolCalls.map((call) => (
            <div className="code bare" key={call.id}>
              <pre>
                <span className="ck">{call.name}</span> {call.arguments}
              </pre>
            </div>
          ))}
        </>
      )}
      {state === 'done' && text === '' && toolCalls.length === 0 && <p className="t3">{words.noText}</p>}
      {finish === 'length' && <p className="meta warn">{words.cutLength}</p>}
      {error !== undefined && (
        <p className="banner bad" role="alert">
          {error}
        </p>
      )}
      {state === 'failed' && error === undefined && (
        <p className="banner warn" role="alert">
          {words.lost}
        </p>
      )}
      <Outcome words={words} run={run} />
      {isOver && (text !== '' || toolCalls.length > 0) && (
        <button type="button" className="btn sm" onClick={() => onGoOn(run)}>
          {words.goOn}
        </button>
      )}
    </>
  );
}

/** Whether it is over, how long it took, and exactly what it cost. */
function Outcome({ words, run }: { readonly words: PlaygroundWords; readonly run: Run }): ReactNode {
  const { state, answer, firstMs, ms, requestId } = run;
  const { usage } = answer;
  const isOver = state !== 'running';
  const costTicks = usage?.costTicks;
  const isFree = isOver && run.status !== undefined && run.status !== 200;
  return (
    <div className="row wrap outcome">
      <span className="meta b5" role="status">
        {words.states[state]}
      </span>
      {costTicks !== undefined && <Money ticks={costTicks} />}
      {usage !== undefined && (
        <span className="meta t3 num">
          {words.usage(usage.inputTokens.toLocaleString('en'), usage.outputTokens.toLocaleString('en'))}
        </span>
      )}
      {isFree && <span className="meta t3">{words.notCharged}</span>}
      {state === 'stopped' && run.status === 200 && usage === undefined && (
        <span className="meta t3">{words.reckoning}</span>
      )}
      {firstMs !== undefined && <span className="meta t3 num">{words.first(duration(firstMs))}</span>}
      {ms !== undefined && <span className="meta t3 num">{words.whole(duration(ms))}</span>}
      {isOver && requestId !== undefined && (
        <Link className="link-meta" href={`/console/requests/${requestId}`}>
          {words.request}
        </Link>
      )}
    </div>
  );
}
