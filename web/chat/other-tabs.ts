import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { CHATS_PATH, chatPath } from './chat-paths.ts';

const CHANNEL = 'turnpike.chat';

/** Tells the other tabs of this browser that something of a conversation has changed. */
export function tellOtherTabs(chatId: string): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(chatId);
  channel.close();
}

/** Asks the server anew for what another tab has changed, so that an answer begun there is read along here. */
export function useOtherTabs(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }: MessageEvent<string>) => askAgain(queries, data);
    return () => channel.close();
  }, [queries]);
}

function askAgain(queries: QueryClient, chatId: string): void {
  void queries.invalidateQueries({ queryKey: [chatPath(chatId)] });
  void queries.invalidateQueries({ queryKey: [CHATS_PATH] });
}
