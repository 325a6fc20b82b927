import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BegunAnswer, ChatWithMessages } from '../../src/http/api/wire/chat.ts';
import { ask, Refused } from '../api/ask.ts';
import type { AnswerSettings } from './answer-settings.tsx';
import { CHATS_PATH, chatPath } from './chat-paths.ts';
import { tellOtherTabs } from './other-tabs.ts';
import { type Picture, pictureUrl } from './read-picture.ts';

/** Something that was asked for and not begun: why, and how to ask once more. */
export interface TurnTrouble {
  readonly message: string;
  readonly again: (() => void) | undefined;
}

/** What a person sends: words, and pictures that are new or there already. */
export interface Sent {
  readonly text: string;
  readonly pictures: readonly SentPicture[];
}

export type SentPicture = Pick<Picture, 'contentType' | 'base64'> | { readonly id: string };

export interface Pending extends Sent {
  readonly parentId: string | null;
}

interface Turns {
  /** What was sent and is not yet in the conversation; `parentId` is what it comes after. */
  readonly pending: Pending | undefined;
  readonly isBusy: boolean;
  readonly trouble: TurnTrouble | undefined;
  readonly forgetTrouble: () => void;
  /** Begin with a message; the answer names the new conversation. */
  readonly begin: (
    teamId: string,
    model: string,
    sent: Sent,
    settings: AnswerSettings,
  ) => Promise<BegunAnswer | undefined>;
  readonly send: (parentId: string | null, model: string, sent: Sent) => Promise<boolean>;
  readonly again: (messageId: string, model: string) => Promise<boolean>;
  readonly goOn: (messageId: string) => Promise<boolean>;
  readonly stop: (generationId: string) => Promise<boolean>;
}

/** Lets answers begin and stop in a conversation. What was not begun is said once, and can be tried again. */
export function useTurns(chatId: string | undefined, notBegun: string, notStopped: string): Turns {
  const queries = useQueryClient();
  const [pending, setPending] = useState<Turns['pending']>();
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<TurnTrouble | undefined>();
  const path = chatPath(chatId ?? '');

  const attempt = async <Result>(
    work: () => Promise<Result>,
    sentence: string,
    again?: () => void,
  ): Promise<Result | undefined> => {
    setBusy(true);
    setTrouble(undefined);
    try {
      return await work();
    } catch (error) {
      const isSaid = error instanceof Refused && error.message !== '';
      setTrouble({ message: isSaid ? error.message : sentence, again });
      return undefined;
    } finally {
      setBusy(false);
      setPending(undefined);
    }
  };

  /** Asks for a turn, and waits until the conversation has it. */
  const turn = async (below: string, body: unknown, again?: () => void): Promise<boolean> => {
    const begun = await attempt(
      async () => {
        const answer = await ask<BegunAnswer>('POST', path + below, body);
        tellOtherTabs(answer.chatId);
        await queries.invalidateQueries({ queryKey: [path] });
        return answer;
      },
      notBegun,
      again,
    );
    void queries.invalidateQueries({ queryKey: [CHATS_PATH] });
    return begun !== undefined;
  };

  const again = (messageId: string, model: string): Promise<boolean> =>
    turn(`/messages/${messageId}/answers`, { model }, () => void again(messageId, model));
  const goOn = (messageId: string): Promise<boolean> =>
    turn(`/messages/${messageId}/continue`, {}, () => void goOn(messageId));
  return {
    ...{ pending, isBusy, trouble, again, goOn },
    forgetTrouble: () => setTrouble(undefined),
    begin(teamId, model, sent, settings) {
      setPending({ parentId: null, ...sent });
      return attempt(async () => {
        const begun = await ask<BegunAnswer>('POST', '/chat/conversations', {
          ...{ teamId, model, text: sent.text, pictures: sent.pictures.map(asSent), ...settings },
        });
        tellOtherTabs(begun.chatId);
        const own = chatPath(begun.chatId);
        await queries.prefetchQuery({
          queryKey: [own],
          queryFn: () => ask<ChatWithMessages>('GET', own),
        });
        void queries.invalidateQueries({ queryKey: [CHATS_PATH] });
        return begun;
      }, notBegun);
    },
    send(parentId, model, sent) {
      setPending({ parentId, ...sent });
      const { text, pictures } = sent;
      return turn('/messages', { parentId, model, text, pictures: pictures.map(asSent) });
    },
    async stop(generationId) {
      const done = await attempt(() => ask('POST', `/chat/generations/${generationId}/stop`, {}), notStopped);
      return done !== undefined;
    },
  };
}

/** As the server takes it, without what only the page needs. */
function asSent(picture: SentPicture): SentPicture {
  if ('id' in picture) return { id: picture.id };
  const { contentType, base64 } = picture;
  return { contentType, base64 };
}

/** Where a picture that is sent is seen. */
export function urlOf(chatId: string, picture: SentPicture): string {
  return 'id' in picture ? `/api/v1${chatPath(chatId)}/pictures/${picture.id}` : pictureUrl(picture);
}
