import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { ChatWithMessages } from '../../src/http/api/wire/chat.ts';
import type { Model } from '../../src/http/api/wire/models.ts';
import { ask, Refused } from '../api/ask.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Failed, Skeleton } from '../design/section-state.tsx';
import { usePerson } from '../shell/person.tsx';
import { ChatHeader } from './chat-header.tsx';
import { ChatIcon } from './chat-icons.tsx';
import { CHATS_PATH, chatPath } from './chat-paths.ts';
import { ChatSum, ChatTitle } from './chat-title.tsx';
import { Composer, type ComposerHandle } from './composer.tsx';
import { firstAnswered } from './first-answered.ts';
import { useFoundMessage } from './found-message.ts';
import { leafBelow, pathTo } from './message-tree.ts';
import { ModelPicker } from './model-picker.tsx';
import { homePath } from './side-foot.tsx';
import { useStickToEnd } from './stick-to-end.ts';
import { TroubleBanner } from './trouble-banner.tsx';
import type { TurnActions } from './turn-actions.ts';
import { Turns } from './turns.tsx';
import type { ChatEdits } from './use-chats.ts';
import { useStopKey } from './use-stop-key.ts';
import { useTurns } from './use-turns.ts';
import type { ChatWords } from './words.en.ts';

interface ConversationProps {
  readonly words: ChatWords;
  readonly chatId: string;
  readonly models: readonly Model[];
  readonly edits: ChatEdits;
  readonly onChoose: (model: string) => void;
  readonly onOpenSide: () => void;
}

/** `/chat/:chatId`: one conversation, as long as it is there. */
export function Conversation(props: ConversationProps): ReactNode {
  const { words, chatId, onOpenSide } = props;
  const chat = useAnswer<ChatWithMessages>(chatPath(chatId));
  // What was shown before stays while another one is loaded, and is not this one.
  const data = chat.data?.id === chatId ? chat.data : undefined;
  if (data !== undefined) return <OpenConversation {...props} chat={data} />;
  const isGone = chat.error instanceof Refused && chat.error.status === 404;
  return (
    <>
      <ChatHeader words={words} onOpenSide={onOpenSide}>
        {null}
      </ChatHeader>
      <div className="colm">
        {isGone && <p className="t2">{words.chat.gone}</p>}
        {chat.error !== null && !isGone && (
          <Failed text={words.chat.failed} again={words.chat.again} onAgain={() => void chat.refetch()} />
        )}
        {chat.error === null && <Skeleton label={words.chat.loading} rows={5} />}
      </div>
    </>
  );
}

function OpenConversation(props: ConversationProps & { readonly chat: ChatWithMessages }): ReactNode {
  const { words, chat, models, edits, onChoose } = props;
  const { me } = usePerson();
  const queries = useQueryClient();
  const turns = useTurns(chat.id, words.composer.notSent, words.turn.notStopped);
  const composer = useRef<ComposerHandle>(null);
  const [chosen, setChosen] = useState<string | undefined>();
  const [said, say] = useState('');
  const { messages } = chat;
  const path = useMemo(() => pathTo(messages, chat.leafId), [messages, chat.leafId]);
  const running = path.findLast(({ answer }) => answer?.state === 'running')?.answer;
  const answeredBy = path.findLast(({ answer }) => answer !== null)?.answer?.model ?? chat.model;
  const modelId = chosen ?? stillThere(models, answeredBy);
  const model = models.find(({ id }) => id === modelId);
  const { scroller, column, isAtEnd, isScrolled, toEnd } = useStickToEnd(chat.id);
  useTabTitle(`${chat.title} · ${words.pageTitle}`);

  const isBusy = turns.isBusy || running !== undefined;
  const begin = (begun: Promise<boolean>) =>
    begun.then((isBegun) => {
      if (isBegun) {
        say(words.turn.began);
        toEnd();
      }
      return isBegun;
    });
  const stop = useCallback(() => {
    if (running !== undefined && running !== null) void turns.stop(running.generationId);
  }, [running, turns.stop]);
  useStopKey(running === undefined ? undefined : stop);
  const onOver = useAnswerOver(chat, words, say);

  const show = (messageId: string) => {
    const leafId = leafBelow(messages, messageId);
    queries.setQueryData<ChatWithMessages>([chatPath(chat.id)], (now) => now && { ...now, leafId });
    ask('PATCH', chatPath(chat.id), { leafId }).catch(edits.fail);
  };
  const foundId = useFoundMessage(
    (id) => path.some((message) => message.id === id),
    (id) => messages.some((message) => message.id === id) && show(id),
  );
  const actions = useSteadyActions({
    show,
    edit: ({ parentId, pictureIds }, text) => {
      const sent = { text, pictures: pictureIds.map((id) => ({ id })) };
      void begin(turns.send(parentId, modelId, sent));
    },
    again: ({ parentId, answer }) => {
      if (parentId !== null) void begin(turns.again(parentId, chosen ?? answer?.model ?? modelId));
    },
    goOn: ({ id }) => void begin(turns.goOn(id)),
  });
  return (
    <>
      <OpenHeader
        {...props}
        modelId={modelId}
        isRuled={isScrolled}
        onModel={(id) => {
          setChosen(id);
          onChoose(id);
          composer.current?.focus();
        }}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself is reached by the keyboard */}
      <section className="scroll" ref={scroller} tabIndex={0} aria-label={words.chat.conversation}>
        <div className="colm" ref={column}>
          <Turns
            chatId={chat.id}
            messages={messages}
            path={path}
            pending={turns.pending}
            actions={actions}
            foundId={foundId}
            isBusy={isBusy}
            onOver={onOver}
            words={words}
          />
        </div>
      </section>
      <div className="dock">
        {!isAtEnd && (
          <button type="button" className="btn sm to-end" onClick={toEnd}>
            <ChatIcon name="toEnd" />
            {words.chat.toEnd}
          </button>
        )}
        <div className="dock-in">
          <TroubleBanner trouble={turns.trouble} words={words} />
          <Composer
            ref={composer}
            words={words}
            draftKey={`${me.id}.${chat.id}`}
            placeholder={words.composer.reply}
            path={path}
            model={model}
            isRunning={isBusy}
            onStop={stop}
            onSend={(text, pictures) =>
              begin(turns.send(path.at(-1)?.id ?? null, modelId, { text, pictures }))
            }
            settings={chat}
            onSettings={(settings) => edits.settle(chat, settings)}
          />
        </div>
      </div>
      <p className="sr-only" role="status">
        {said}
      </p>
    </>
  );
}

/** The model, or the first one where it is there no more; while it is not known what is there, the model. */
function stillThere(models: readonly Model[], id: string): string {
  if (models.length === 0 || models.some((model) => model.id === id)) return id;
  return firstAnswered(models)?.id ?? id;
}

/** What follows the end of an answer: its chat is read once more, and its end is said to whoever listens. */
function useAnswerOver(
  chat: ChatWithMessages,
  words: ChatWords,
  say: (sentence: string) => void,
): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(async () => {
    await queries.invalidateQueries({ queryKey: [chatPath(chat.id)] });
    void queries.invalidateQueries({ queryKey: [CHATS_PATH] });
    void queries.invalidateQueries({ queryKey: [homePath(chat.teamId)] });
    const now = queries.getQueryData<ChatWithMessages>([chatPath(chat.id)]);
    const ended = now?.messages.findLast(({ id }) => id === now.leafId)?.answer?.state;
    say(ended === 'done' ? words.turn.ended : words.turn.endedOtherwise);
  }, [queries, chat.id, chat.teamId, words, say]);
}

/** The same object for good, so that turns are drawn anew only when they change. */
function useSteadyActions(now: TurnActions): TurnActions {
  const latest = useRef(now);
  latest.current = now;
  return useMemo<TurnActions>(
    () => ({
      show: (id) => latest.current.show(id),
      edit: (message, text) => latest.current.edit(message, text),
      again: (message) => latest.current.again(message),
      goOn: (message) => latest.current.goOn(message),
    }),
    [],
  );
}

function useTabTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** What is above the turns: the chat's title, who answers next, what it has cost, and what can be done with it. */
function OpenHeader(
  props: ConversationProps & {
    readonly chat: ChatWithMessages;
    readonly modelId: string;
    readonly isRuled: boolean;
    readonly onModel: (model: string) => void;
  },
): ReactNode {
  const { words, chat, models, edits, onOpenSide, modelId, isRuled, onModel } = props;
  const [, navigate] = useLocation();
  const [isRenamed, setRenamed] = useState(false);
  return (
    <ChatHeader
      words={words}
      onOpenSide={onOpenSide}
      isRuled={isRuled}
      end={
        <ChatSum
          chat={chat}
          edits={edits}
          words={words}
          onRename={() => setRenamed(true)}
          onRemoved={() => navigate('/chat')}
        />
      }
    >
      <ChatTitle chat={chat} edits={edits} isRenamed={isRenamed} setRenamed={setRenamed} words={words} />
      <ModelPicker models={models} chosen={modelId} onChoose={onModel} words={words} />
    </ChatHeader>
  );
}
