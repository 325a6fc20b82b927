import { type ReactNode, useMemo } from 'react';
import type { ChatMessage } from '../../src/http/api/wire/chat.ts';
import { AnswerTurn } from './answer-turn.tsx';
import { useGrowingWindow } from './growing-window.ts';
import { versionsById } from './message-tree.ts';
import { PendingTurn } from './pending-turn.tsx';
import type { TurnActions } from './turn-actions.ts';
import type { Pending } from './use-turns.ts';
import { UserTurn } from './user-turn.tsx';
import type { ChatWords } from './words.en.ts';

interface TurnsProps {
  readonly chatId: string;
  readonly messages: readonly ChatMessage[];
  readonly path: readonly ChatMessage[];
  readonly pending: Pending | undefined;
  readonly actions: TurnActions;
  /** Drawn whatever else is, and marked. */
  readonly foundId: string | undefined;
  readonly isBusy: boolean;
  readonly onOver: () => void;
  readonly words: ChatWords;
}

/** The path that is shown, turn by turn; of a long one the end first. */
export function Turns(props: TurnsProps): ReactNode {
  const { chatId, messages, path, pending, actions, foundId, isBusy, onOver, words } = props;
  const versionIds = useMemo(
    () =>
      new Map(
        [...versionsById(messages)].map(([id, versions]) => [id, versions.map((version) => version.id)]),
      ),
    [messages],
  );
  // What is drawn above a place later would push it away.
  const isWhole = path.some(({ id }) => id === foundId);
  const grown = useGrowingWindow(chatId, path.length);
  const drawn = isWhole ? path.length : grown;
  // What is being sent as another version takes the place of what it is a version of.
  const before =
    pending === undefined ? path.length : path.findIndex(({ id }) => id === pending.parentId) + 1;
  const shown = path.slice(0, before);
  return (
    <>
      {shown
        .slice(-drawn)
        .map((message) =>
          message.answer === null ? (
            <UserTurn
              chatId={chatId}
              key={message.id}
              message={message}
              isFound={message.id === foundId}
              versionIds={versionIds.get(message.id) ?? []}
              actions={actions}
              isBusy={isBusy}
              words={words}
            />
          ) : (
            <AnswerTurn
              key={message.id}
              message={message}
              isFound={message.id === foundId}
              answer={message.answer}
              versionIds={versionIds.get(message.id) ?? []}
              actions={actions}
              isBusy={isBusy}
              onOver={onOver}
              words={words}
            />
          ),
        )}
      {pending !== undefined && <PendingTurn chatId={chatId} pending={pending} words={words} />}
    </>
  );
}
