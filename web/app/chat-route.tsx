import type { ReactNode } from 'react';
import { definePage } from '../shell/define-page.tsx';
import { PersonGate } from './person-gate.tsx';

const Chat = definePage(
  {
    en: async () => (await import('../chat/words.en.ts')).en,
    zh: async () => (await import('../chat/words.zh.ts')).zh,
  },
  async () => (await import('../chat/chat-page.tsx')).ChatPage,
);

/** The chat of somebody who is signed in. It has a frame of its own. */
export function ChatRoute({ chatId }: { readonly chatId: string | undefined }): ReactNode {
  return (
    <PersonGate>
      <Chat chatId={chatId} />
    </PersonGate>
  );
}
