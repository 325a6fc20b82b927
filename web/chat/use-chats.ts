import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Chat } from '../../src/http/api/wire/chat.ts';
import { ask, Refused } from '../api/ask.ts';
import type { AnswerSettings } from './answer-settings.tsx';
import { CHATS_PATH, chatPath, TRASH_PATH } from './chat-paths.ts';
import { tellOtherTabs } from './other-tabs.ts';

/** How long a deleted conversation can be brought back from the page; the server keeps it for 30 days. */
const UNDO_MS = 10_000;

export interface ChatEdits {
  readonly rename: (chat: Chat, title: string) => void;
  readonly pin: (chat: Chat, isPinned: boolean) => void;
  /** Says how a conversation is answered from now on. */
  readonly settle: (chat: Chat, settings: AnswerSettings) => void;
  readonly remove: (chat: Chat) => void;
  readonly bringBack: (chat: Chat) => void;
  readonly undo: () => void;
  readonly removed: Chat | undefined;
  readonly trouble: string | undefined;
  /** Says of anything else about a conversation that it was not done. */
  readonly fail: (error: unknown) => void;
}

/** Changes of conversations in the list, each done at once; what was deleted can be brought back for a while. */
export function useChatEdits(notDone: string): ChatEdits {
  const queries = useQueryClient();
  const [removed, setRemoved] = useState<Chat | undefined>();
  const [trouble, setTrouble] = useState<string | undefined>();
  useEffect(() => {
    if (removed === undefined) return;
    const timer = setTimeout(() => setRemoved(undefined), UNDO_MS);
    return () => clearTimeout(timer);
  }, [removed]);
  const fail = (error: unknown) =>
    setTrouble(error instanceof Refused && error.message !== '' ? error.message : notDone);
  // What went wrong is said for as long as it takes to read it.
  useEffect(() => {
    if (trouble === undefined) return;
    const timer = setTimeout(() => setTrouble(undefined), UNDO_MS);
    return () => clearTimeout(timer);
  }, [trouble]);
  const change = async (chat: Chat, edit: object): Promise<boolean> => {
    setTrouble(undefined);
    try {
      await ask('PATCH', chatPath(chat.id), edit);
      tellOtherTabs(chat.id);
      await Promise.all([
        queries.invalidateQueries({ queryKey: [CHATS_PATH] }),
        queries.invalidateQueries({ queryKey: [TRASH_PATH] }),
        queries.invalidateQueries({ queryKey: [chatPath(chat.id)] }),
      ]);
      return true;
    } catch (error) {
      fail(error);
      return false;
    }
  };
  return {
    ...{ removed, trouble, fail },
    rename: (chat, title) => void change(chat, { title }),
    pin: (chat, isPinned) => void change(chat, { pinned: isPinned }),
    settle: (chat, settings) => void change(chat, settings),
    remove: (chat) =>
      void change(chat, { trashed: true }).then((isDone) => {
        if (isDone) setRemoved(chat);
      }),
    bringBack: (chat) => void change(chat, { trashed: false }),
    undo() {
      if (removed === undefined) return;
      void change(removed, { trashed: false });
      setRemoved(undefined);
    },
  };
}
