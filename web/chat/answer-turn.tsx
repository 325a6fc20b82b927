import { memo, type ReactNode, useEffect, useState } from 'react';
import type { ChatMessage } from '../../src/http/api/wire/chat.ts';
import { duration } from '../design/figures.ts';
import { Money, moneyText } from '../design/money.tsx';
import { useLanguage } from '../shell/language.ts';
import { hourText, momentText } from '../shell/moments.ts';
import { ChatIcon } from './chat-icons.tsx';
import { CopyText } from './copy-text.tsx';
import { placeOf } from './found-message.ts';
import { type LiveAnswer, useLiveAnswer } from './live-answer.ts';
import { MarkdownView } from './markdown-view.tsx';
import { sayReason } from './say-reason.ts';
import type { TurnActions } from './turn-actions.ts';
import { Versions } from './versions.tsx';
import type { ChatWords } from './words.en.ts';

type Answer = NonNullable<ChatMessage['answer']>;

interface AnswerTurnProps {
  readonly message: ChatMessage;
  readonly answer: Answer;
  /** It was searched for. */
  readonly isFound: boolean;
  readonly versionIds: readonly string[];
  readonly actions: TurnActions;
  /** Another answer is being written here. */
  readonly isBusy: boolean;
  readonly onOver: () => void;
  readonly words: ChatWords;
}

/** What a model wrote, or is writing. */
export const AnswerTurn = memo(function AnswerTurn(props: AnswerTurnProps): ReactNode {
  const { message, answer, isFound, versionIds, actions, isBusy, onOver, words } = props;
  const language = useLanguage();
  const isRunning = answer.state === 'running';
  const live = useLiveAnswer(isRunning ? answer.generationId : undefined, onOver);
  const text = message.text + live.text;
  const reasoning = message.reasoning + live.reasoning;
  return (
    <article
      className={isFound ? 'turn asst is-found' : 'turn asst'}
      id={placeOf(message.id)}
      aria-label={answer.model}
      aria-busy={isRunning}
    >
      <div className="who">
        <Mark />
        <span className="b5 t1">{answer.model}</span>
        <time
          dateTime={new Date(message.createdAtMs).toISOString()}
          title={momentText(message.createdAtMs, language)}
        >
          {hourText(message.createdAtMs, language)}
        </time>
      </div>
      {reasoning !== '' && (
        <Reasoning
          text={reasoning}
          isOpenEnded={isRunning && text === ''}
          thoughtMs={answer.reasoningMs}
          words={words}
        />
      )}
      {text !== '' && <MarkdownView text={text} words={words} />}
      {isRunning ? (
        <RunningNote live={live} phase={phaseOf(text, reasoning)} words={words} />
      ) : (
        <>
          <EndNote message={message} answer={answer} actions={actions} isBusy={isBusy} words={words} />
          <div className="acts-r">
            {text !== '' && <CopyText text={text} label={words.turn.copy} copied={words.turn.copied} />}
            <button
              type="button"
              className="ib"
              aria-label={words.turn.again}
              title={words.turn.again}
              disabled={isBusy}
              onClick={() => actions.again(message)}
            >
              <ChatIcon name="retry" />
            </button>
            <Versions ids={versionIds} shown={message.id} onShow={actions.show} words={words} />
            <Bill answer={answer} words={words} />
          </div>
        </>
      )}
    </article>
  );
});

function Mark(): ReactNode {
  return (
    <span className="mk">
      <svg
        width="13"
        height="13"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        aria-hidden="true"
      >
        <path d="M5.9 6.3V14" />
        <path d="M1.8 8.2 14.2 2.4" />
        <path d="M9.8 14H14" />
      </svg>
    </span>
  );
}

/** What a model thought before it wrote, folded. While it only thinks, the seconds are counted. */
function Reasoning(props: {
  readonly text: string;
  readonly isOpenEnded: boolean;
  /** 0 while it is not known. */
  readonly thoughtMs: number;
  readonly words: ChatWords;
}): ReactNode {
  const { text, isOpenEnded, thoughtMs, words } = props;
  const thought = thoughtMs === 0 ? words.turn.thought : words.turn.thoughtFor(duration(thoughtMs));
  return (
    <details className="think">
      <summary>
        <ChatIcon name="right" />
        {isOpenEnded ? words.turn.thinking : thought}
        {isOpenEnded && <Seconds />}
      </summary>
      <div className="thoughts">{text}</div>
    </details>
  );
}

/** Whole seconds since it is shown. */
function Seconds(): ReactNode {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const startedAt = Date.now();
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - startedAt) / 1_000)), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <span className="num"> {seconds} s</span>;
}

function phaseOf(text: string, reasoning: string): 'waiting' | 'thinking' | 'writing' {
  if (text !== '') return 'writing';
  return reasoning === '' ? 'waiting' : 'thinking';
}

function RunningNote(props: {
  readonly live: LiveAnswer;
  readonly phase: 'waiting' | 'thinking' | 'writing';
  readonly words: ChatWords;
}): ReactNode {
  const { live, phase, words } = props;
  if (live.isLost)
    return (
      <p className="answer-note warn" role="status">
        <i className="dot warn" />
        {words.turn.lost}
      </p>
    );
  // The line of the thoughts counts by itself.
  if (phase === 'thinking') return null;
  return (
    <div className="waiting">
      <span className="meta t3">
        {words.turn[phase]}
        <Seconds />
      </span>
      <div className="road move" />
    </div>
  );
}

/** Why an answer is not whole, what was charged for it, and what can be done. Nothing for one that is. */
function EndNote(
  props: Pick<AnswerTurnProps, 'message' | 'answer' | 'actions' | 'isBusy' | 'words'>,
): ReactNode {
  const { message, answer, actions, isBusy, words } = props;
  const { turn } = words;
  const charged =
    BigInt(answer.costTicks) === 0n ? turn.notCharged : turn.charged(moneyText(answer.costTicks, 6));
  const goOn = message.text !== '' && (
    <button type="button" className="btn sm" disabled={isBusy} onClick={() => actions.goOn(message)}>
      {turn.goOn}
    </button>
  );
  const again = (
    <button type="button" className="btn sm" disabled={isBusy} onClick={() => actions.again(message)}>
      {turn.again}
    </button>
  );
  if (answer.state === 'failed')
    return (
      <div className="banner bad answer-end">
        <span className="grow">
          <b className="b5">{turn.failed}</b>
          {words.between}
          {answer.reason !== null && sayReason(answer.reason, words)}
          {words.between}
          {charged}
        </span>
        {goOn}
        {again}
      </div>
    );
  if (answer.state === 'stopped' || answer.state === 'cut' || answer.reason === 'length')
    return (
      <div className="answer-note">
        <span>
          {answer.state === 'stopped' ? turn.stopped : answer.state === 'cut' ? turn.cut : turn.length}
          {answer.state === 'cut' && words.between + charged}
        </span>
        {goOn === false ? again : goOn}
      </div>
    );
  if (message.text === '') return <p className="answer-note">{turn.empty}</p>;
  return null;
}

/** What an answer took and what it cost, exactly. */
function Bill({ answer, words }: { readonly answer: Answer; readonly words: ChatWords }): ReactNode {
  if (answer.inputTokens === 0 && answer.outputTokens === 0) return null;
  const { turn } = words;
  return (
    <span className="bill meta t3 num push">
      <span className="hide-m">
        {turn.bill(answer.inputTokens.toLocaleString('en'), answer.outputTokens.toLocaleString('en'))}
        {answer.firstTokenMs !== null && ` · ${turn.toStart(duration(answer.firstTokenMs))}`}
        {answer.durationMs > 0 && ` · ${turn.inAll(duration(answer.durationMs))}`}
        {' · '}
      </span>
      <Money ticks={answer.costTicks} />
    </span>
  );
}
