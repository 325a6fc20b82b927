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
import { type AnswerSettings, AnswerSettingsButton } from './answer-settings.tsx';
import { ChatIcon } from './chat-icons.tsx';
import { readDraft, writeDraft } from './drafts.ts';
import { enterSends } from './enter-sends.ts';
import { type Estimate, estimateCost, estimateTokens } from './estimate-cost.ts';
import { pictureTokens } from './picture-size.ts';
import { PictureStrip } from './picture-strip.tsx';
import type { Picture } from './read-picture.ts';
import { useGrowing } from './use-growing.ts';
import { type PictureTrouble, usePictures } from './use-pictures.ts';
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
  readonly onSend: (text: string, pictures: readonly Picture[]) => Promise<boolean>;
  readonly settings: AnswerSettings;
  readonly onSettings: (settings: AnswerSettings) => void;
  readonly ref?: Ref<ComposerHandle>;
}

/** Where a person writes. Enter sends, unless an input method has it. */
export function Composer(props: ComposerProps): ReactNode {
  const { words, draftKey, path, model, isRunning, onSend, onStop, settings, onSettings, ref } = props;
  const [text, setText] = useState(() => readDraft(draftKey));
  const field = useRef<HTMLTextAreaElement>(null);
  const composedAt = useRef(Number.NEGATIVE_INFINITY);
  useGrowing(field, text);
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }));
  useEffect(() => {
    const timer = setTimeout(() => writeDraft(draftKey, text), KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draftKey, text]);
  // A touch keyboard that springs up unasked covers what was opened to be read.
  useEffect(() => {
    if (!isTouch()) field.current?.focus();
  }, []);
  const takesPictures = model?.inputModalities.includes('image') === true;
  const added = usePictures(takesPictures);
  const { pictures } = added;
  const estimate = model && estimateCost(path, text, model, moreTokens(path, pictures, settings));
  const isFull =
    model !== undefined && estimate !== undefined && estimate.promptTokens >= model.contextTokens;
  const hasPictures = pictures.length > 0 || path.some(({ pictureIds }) => pictureIds.length > 0);
  const isUnseen = hasPictures && !takesPictures;
  const isEmpty = text.trim() === '' && pictures.length === 0;
  const isPriced = path.length > 0 || !isEmpty;
  const canSend = !isEmpty && model !== undefined && !isRunning && !isUnseen;
  const submit = () => {
    if (!canSend) return;
    const sent = text.trim();
    setText('');
    added.set([]);
    void onSend(sent, pictures).then((isTaken) => {
      if (isTaken) return writeDraft(draftKey, '');
      setText((now) => (now === '' ? sent : now));
      added.set(pictures);
    });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const press = event.nativeEvent;
    if (!enterSends(press, performance.now() - composedAt.current, isTouch())) return;
    event.preventDefault();
    submit();
  };
  return (
    <>
      <div className={added.isDraggedOver && takesPictures ? 'composer is-over' : 'composer'}>
        <PictureStrip pictures={pictures} onRemove={added.remove} words={words} />
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
          onPaste={(event) => {
            if (event.clipboardData.files.length === 0) return;
            event.preventDefault();
            added.add(event.clipboardData.files);
          }}
        />
        <ComposerNote
          text={noteOf(words, { isFull, isUnseen, trouble: added.trouble, model: model?.id ?? '' })}
        />
        <div className="cb">
          <PictureButton
            label={takesPictures ? words.composer.addPicture : words.composer.noPictures(model?.id ?? '')}
            isOff={!takesPictures}
            onFiles={added.add}
          />
          <AnswerSettingsButton settings={settings} onChange={onSettings} words={words} />
          <span className="push row g3">
            {isPriced && estimate !== undefined && <SendCost estimate={estimate} words={words} />}
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
                type="button"
                className="go"
                onClick={submit}
                aria-label={words.composer.send}
                title={words.composer.send}
                disabled={!canSend}
              >
                <ChatIcon name="send" />
              </button>
            )}
          </span>
        </div>
      </div>
      <p className="micro c hide-m composer-hint">
        {words.composer.hint}
        {isPriced && estimate !== undefined && (
          <>
            {words.between}
            <span className="num">{words.composer.most(moneyText(String(estimate.mostTicks)))}</span>
          </>
        )}
      </p>
    </>
  );
}

/** Opens the browser's way to choose files. */
function PictureButton(props: {
  readonly label: string;
  readonly isOff: boolean;
  readonly onFiles: (files: Iterable<File>) => void;
}): ReactNode {
  const { label, isOff, onFiles } = props;
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="ib"
        aria-label={label}
        title={label}
        aria-disabled={isOff}
        onClick={() => !isOff && chooser.current?.click()}
      >
        <ChatIcon name="picture" />
      </button>
      <input
        ref={chooser}
        type="file"
        accept="image/*"
        multiple
        hidden
        onChange={(event) => {
          onFiles(event.currentTarget.files ?? []);
          // The same file may be chosen once more.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}

/** Why it cannot be sent like this, or what was left out. */
function ComposerNote({ text }: { readonly text: string | undefined }): ReactNode {
  if (text === undefined) return null;
  return (
    <p className="meta warn composer-note" role="alert">
      {text}
    </p>
  );
}

function noteOf(
  { composer }: ChatWords,
  about: {
    readonly isFull: boolean;
    readonly isUnseen: boolean;
    readonly trouble: PictureTrouble | undefined;
    readonly model: string;
  },
): string | undefined {
  const { isFull, isUnseen, trouble, model } = about;
  if (isUnseen) return composer.pathHasPictures(model);
  if (isFull) return composer.full;
  if (trouble === undefined) return undefined;
  return trouble === 'notTaken' ? composer.noPictures(model) : composer.pictureTrouble[trouble];
}

/** What goes with a message besides its words. An answer's own figures hold what was told first already. */
function moreTokens(
  path: readonly ChatMessage[],
  pictures: readonly Picture[],
  { systemText }: AnswerSettings,
): number {
  const told = path.some(({ answer }) => answer?.state === 'done') ? 0 : estimateTokens(systemText);
  return pictures.reduce((sum, picture) => sum + pictureTokens(picture), told);
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
