import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import type { ChatMessage } from '../../src/http/api/wire/chat.ts';
import type { Model } from '../../src/http/api/wire/models.ts';
import { moneyText } from '../design/money.tsx';
import { ChatIcon } from './chat-icons.tsx';
import { readDraft, writeDraft } from './drafts.ts';
import { enterSends } from './enter-sends.ts';
import { type Estimate, estimateCost } from './estimate-cost.ts';
import type { ChatWords } from './words.en.ts';

/** Typing is not held up by the store. */
const KEEP_AFTER_MS = 300;

export interface ComposerHandle {
  readonly focus: () => void;
}

interface ComposerProps {
  readonly words: ChatWords;
  /** Names the draft that is kept. */
  readonly draftKey: string;
  readonly placeholder: string;
  /** What is shown, for the estimate of what sending costs. */
  readonly path: readonly ChatMessage[];
  readonly model: Model | undefined;
  /** An answer is being written, and can be stopped. */
  readonly isRunning: boolean;
  readonly onStop: () => void;
  /** Resolves with whether it was taken; what was not is in the field again. */
  readonly onSend: (text: string) => Promise<boolean>;
  readonly ref?: Ref<ComposerHandle>;
}

/** Where a person writes. Enter sends, unless an input method has it. */
export function Composer(props: ComposerProps): ReactNode {
  const { words, draftKey, path, model, isRunning, onSend, onStop, ref } = props;
  const [text, setText] = useState(() => readDraft(draftKey));
  const field = useRef<HTMLTextAreaElement>(null);
  const composedAt = useRef(Number.NEGATIVE_INFINITY);
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }));
  useEffect(() => {
    const timer = setTimeout(() => writeDraft(draftKey, text), KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draftKey, text]);
  // A touch keyboard that springs up unasked covers what was opened to be read.
  useEffect(() => {
    if (!isTouch()) field.current?.focus();
  }, []);
  const estimate = model && estimateCost(path, text, model);
  const isFull =
    model !== undefined && estimate !== undefined && estimate.promptTokens >= model.contextTokens;
  const canSend = text.trim() !== '' && model !== undefined && !isRunning && !isFull;
  const submit = () => {
    if (!canSend) return;
    const sent = text.trim();
    setText('');
    void onSend(sent).then((isTaken) => {
      if (isTaken) writeDraft(draftKey, '');
      else setText((now) => (now === '' ? sent : now));
    });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const press = event.nativeEvent;
    if (!enterSends(press, performance.now() - composedAt.current, isTouch())) return;
    event.preventDefault();
    submit();
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <textarea
        ref={field}
        className="ta"
        rows={1}
        value={text}
        aria-label={words.composer.label}
        placeholder={props.placeholder}
        enterKeyHint={isTouch() ? 'enter' : 'send'}
        onChange={(event) => setText(event.currentTarget.value)}
        onCompositionEnd={() => {
          composedAt.current = performance.now();
        }}
        onKeyDown={onKeyDown}
      />
      {isFull && (
        <p className="meta bad" role="alert">
          {words.composer.full}
        </p>
      )}
      <div className="cb">
        <span className="push row g3">
          {estimate !== undefined && (path.length > 0 || text.trim() !== '') && (
            <SendCost estimate={estimate} words={words} />
          )}
          {isRunning ? (
            <button
              type="button"
              className="go"
              aria-label={words.composer.stop}
              title={words.composer.stop}
              onClick={onStop}
            >
              <ChatIcon name="stop" />
            </button>
          ) : (
            <button
              type="submit"
              className="go"
              aria-label={words.composer.send}
              title={words.composer.send}
              disabled={!canSend}
            >
              <ChatIcon name="send" />
            </button>
          )}
        </span>
      </div>
    </form>
  );
}

/** How much of the context is used, as a ring, and about what sending costs. */
function SendCost({
  estimate,
  words,
}: {
  readonly estimate: Estimate;
  readonly words: ChatWords;
}): ReactNode {
  const percent = `${Math.ceil(100 * estimate.contextShare)} %`;
  const likely = moneyText(String(estimate.likelyTicks));
  const most = moneyText(String(estimate.mostTicks));
  return (
    <>
      <span
        className="ctx"
        role="img"
        aria-label={words.composer.context(percent)}
        title={words.composer.context(percent)}
      >
        <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
          <circle cx="9" cy="9" r="7.5" />
          <circle
            cx="9"
            cy="9"
            r="7.5"
            pathLength="100"
            strokeDasharray={`${100 * estimate.contextShare} 100`}
          />
        </svg>
        <span className="num hide-m">{percent}</span>
      </span>
      <span className="cost num" title={words.composer.cost(likely, most)}>
        {words.composer.likely(likely)}
        <span className="hide-m"> {words.composer.toSend}</span>
      </span>
    </>
  );
}

function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}
