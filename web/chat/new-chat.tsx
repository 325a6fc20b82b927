import { type ReactNode, useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { Chat } from '../../src/http/api/wire/chat.ts';
import type { Model } from '../../src/http/api/wire/models.ts';
import { usePages } from '../api/use-pages.ts';
import { usePerson } from '../shell/person.tsx';
import { USUAL_SETTINGS } from './answer-settings.tsx';
import { ChatHeader } from './chat-header.tsx';
import { ChatIcon } from './chat-icons.tsx';
import { CHATS_PATH } from './chat-paths.ts';
import { Composer } from './composer.tsx';
import { firstAnswered } from './first-answered.ts';
import { ModelPicker } from './model-picker.tsx';
import { PendingTurn } from './pending-turn.tsx';
import type { Picture } from './read-picture.ts';
import { TroubleBanner } from './trouble-banner.tsx';
import { useTurns } from './use-turns.ts';
import type { ChatWords } from './words.en.ts';

/** The latest conversations are what is most likely to be gone on with. */
const OFFERED = 3;

interface NewChatProps {
  readonly words: ChatWords;
  readonly models: readonly Model[];
  /** There is nothing to be called, which is known. */
  readonly isWithoutModels: boolean;
  readonly chosen: string | null;
  readonly onChoose: (model: string) => void;
  readonly onBegun: (chatId: string) => void;
  readonly onOpenSide: () => void;
}

/** `/chat`: a greeting, where to write, and what was last talked about. */
export function NewChat(props: NewChatProps): ReactNode {
  const { words, models, isWithoutModels, chosen, onChoose, onBegun, onOpenSide } = props;
  const { me, team } = usePerson();
  const [settings, setSettings] = useState(USUAL_SETTINGS);
  const turns = useTurns(undefined, words.composer.notSent, words.turn.notStopped);
  const latest = usePages<Chat>(CHATS_PATH).data?.pages[0]?.rows.slice(0, OFFERED) ?? [];
  const model = models.find(({ id }) => id === chosen) ?? firstAnswered(models);
  useEffect(() => {
    document.title = words.pageTitle;
  }, [words]);
  const send = async (text: string, pictures: readonly Picture[]) => {
    if (model === undefined) return false;
    const begun = await turns.begin(team.id, model.id, { text, pictures }, settings);
    if (begun !== undefined) onBegun(begun.chatId);
    return begun !== undefined;
  };
  const composer = (
    <Composer
      words={words}
      draftKey={`${me.id}.new`}
      placeholder={words.composer.ask}
      path={[]}
      model={model}
      isRunning={false}
      onStop={() => {}}
      onSend={send}
      settings={settings}
      onSettings={setSettings}
    />
  );
  return (
    <>
      <ChatHeader words={words} onOpenSide={onOpenSide}>
        {model !== undefined && (
          <ModelPicker models={models} chosen={model.id} onChoose={onChoose} words={words} />
        )}
      </ChatHeader>
      <div className="emp">
        {turns.pending === undefined ? (
          <h1>{words.empty.hello(me.name)}</h1>
        ) : (
          <div className="colm">
            <PendingTurn chatId="" pending={turns.pending} words={words} />
          </div>
        )}
        <div className="emp-ask">
          <TroubleBanner trouble={turns.trouble} words={words} />
          {isWithoutModels ? <NoModels words={words} /> : composer}
        </div>
        {turns.pending === undefined && latest.length > 0 && (
          <ul className="sug">
            {latest.map(({ id, title }) => (
              <li key={id}>
                <Link href={`/chat/${id}`}>
                  <ChatIcon name="clock" />
                  <span className="ell">{words.empty.goOn(title)}</span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}

/** Without a model there is nothing to talk with. */
function NoModels({ words }: { readonly words: ChatWords }): ReactNode {
  const { me } = usePerson();
  return (
    <div className="banner info">
      <span className="grow">{words.empty.noModels}</span>
      {me.isOperator && <Link href="/set-up">{words.empty.connect}</Link>}
    </div>
  );
}
