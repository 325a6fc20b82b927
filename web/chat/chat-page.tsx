import { type ReactNode, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { ModelList } from '../../src/http/api/wire/models.ts';
import { useAnswer } from '../api/use-answer.ts';
import { usePerson } from '../shell/person.tsx';
import './chat.css';
import { ChatSide } from './chat-side.tsx';
import { Conversation } from './conversation.tsx';
import { NewChat } from './new-chat.tsx';
import { useOtherTabs } from './other-tabs.ts';
import { useChatEdits } from './use-chats.ts';
import type { ChatWords } from './words.en.ts';

const CHOSEN_MODEL = 'turnpike.chat.model';

interface ChatPageProps {
  readonly words: ChatWords;
  readonly chatId: string | undefined;
}

/** `/chat` and `/chat/:chatId`: the conversations of a person, and one of them. */
export function ChatPage({ words, chatId }: ChatPageProps): ReactNode {
  const { team } = usePerson();
  const [, navigate] = useLocation();
  const [isSideOpen, setSideOpen] = useState(false);
  const [chosen, setChosen] = useState(() => localStorage.getItem(CHOSEN_MODEL));
  const list = useAnswer<ModelList>(`/teams/${team.id}/models`);
  const models = list.data?.rows ?? [];
  const edits = useChatEdits(words.list.notDone);
  useOtherTabs();
  const choose = (model: string) => {
    localStorage.setItem(CHOSEN_MODEL, model);
    setChosen(model);
  };
  useEffect(() => {
    // ⇧⌘O and ⇧Ctrl+O, as in other chats.
    const onKey = (event: KeyboardEvent) => {
      if (!event.shiftKey || !(event.metaKey || event.ctrlKey) || event.code !== 'KeyO') return;
      event.preventDefault();
      navigate('/chat');
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [navigate]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever was opened is what is to be read now
  useEffect(() => setSideOpen(false), [chatId]);
  const shared = { words, models, onOpenSide: () => setSideOpen(true) };
  return (
    <div className="chatapp">
      <ChatSide
        words={words}
        chatId={chatId}
        edits={edits}
        isOpen={isSideOpen}
        onClose={() => setSideOpen(false)}
        onRemoved={(id) => id === chatId && navigate('/chat')}
      />
      <main className="cmain" inert={isSideOpen}>
        {chatId === undefined ? (
          <NewChat
            {...shared}
            isWithoutModels={list.data !== undefined && models.length === 0}
            chosen={chosen}
            onChoose={choose}
            onBegun={(id) => navigate(`/chat/${id}`)}
          />
        ) : (
          <Conversation key={chatId} {...shared} chatId={chatId} edits={edits} onChoose={choose} />
        )}
      </main>
      <div className="toasts" role="status">
        {edits.removed !== undefined && (
          <div className="toast">
            <span className="ell">{words.list.removed(edits.removed.title)}</span>
            <button type="button" className="btn sm" onClick={edits.undo}>
              {words.list.undo}
            </button>
          </div>
        )}
        {edits.trouble !== undefined && <div className="toast bad">{edits.trouble}</div>}
      </div>
    </div>
  );
}
