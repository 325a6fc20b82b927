import { useContext } from 'react';
import { useLocation } from 'wouter';
import type { ChatFindings } from '../../src/http/api/wire/chat.ts';
import type { KeyList } from '../../src/http/api/wire/keys.ts';
import type { Person } from '../../src/http/api/wire/operator-people.ts';
import { useAnswer } from '../api/use-answer.ts';
import { LanguageContext } from '../shell/language.ts';
import { usePerson } from '../shell/person.tsx';
import { OPERATOR_PLACES, PLACES } from '../shell/places.ts';
import { signOut } from '../shell/sign-out.ts';
import { chosenTheme, turnTheme } from '../shell/theme.ts';
import type { ShellWords } from '../shell/words.en.ts';
import type { Offer } from './rank-offers.ts';
import type { PaletteWords } from './words.en.ts';

/** A request's id, as errors and logs name it. */
const REQUEST_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A letter alone fits too much to be worth asking the server. */
const LEAST_ASKED = 2;

/** All that the palette can lead to, with what the server finds for a text. */
export function useOffers(
  nav: ShellWords['nav'],
  englishNav: ShellWords['nav'],
  words: PaletteWords,
  text: string,
): readonly Offer[] {
  const { me, team } = usePerson();
  const { language, setLanguage } = useContext(LanguageContext);
  const [, navigate] = useLocation();
  const wanted = text.trim();
  const isAsked = wanted.length >= LEAST_ASKED || /\p{Script=Han}/u.test(wanted);
  const asked = encodeURIComponent(wanted.slice(0, 100));
  const keys = useAnswer<KeyList>(`/teams/${team.id}/keys`, { isOn: isAsked });
  const chats = useAnswer<ChatFindings>(`/chat/search?text=${asked}&limit=6`, { isOn: isAsked });
  const people = useAnswer<{ readonly rows: readonly Person[] }>(`/operator/people?q=${asked}&limit=6`, {
    isOn: isAsked && me.isOperator,
  });

  const pages = [...PLACES, ...(me.isOperator ? OPERATOR_PLACES : [])].map(
    ({ name, icon, path }): Offer => ({
      ...{ id: path, group: 'pages', label: nav[name], icon },
      aliases: [englishNav[name]],
      go: () => navigate(path),
    }),
  );
  const { actions } = words;
  const deeds: readonly Offer[] = [
    {
      ...{ id: 'new-chat', group: 'actions', label: actions.newChat, icon: 'plus' },
      aliases: ['new chat'],
      go: () => navigate('/chat'),
    },
    {
      ...{ id: 'language', group: 'actions', label: actions.language, icon: 'globe' },
      aliases: ['language', '语言'],
      go: () => setLanguage(language === 'en' ? 'zh' : 'en'),
    },
    {
      ...{ id: 'theme', group: 'actions', label: actions.theme[chosenTheme()], icon: 'settings' },
      aliases: ['theme', 'dark', 'light'],
      go: () => void turnTheme(),
    },
    {
      ...{ id: 'sign-out', group: 'actions', label: actions.signOut, icon: 'closed' },
      aliases: ['sign out', 'log out'],
      go: () => void signOut(),
    },
  ];
  const ofKeys = (keys.data?.rows ?? []).map(
    ({ id, name, redacted }): Offer => ({
      ...{ id, group: 'keys', label: name, hint: redacted, icon: 'key' },
      go: () => navigate('/console/keys'),
    }),
  );
  const ofPeople = (people.data?.rows ?? []).map(
    ({ id, name, email }): Offer => ({
      ...{ id, group: 'people', label: name, hint: email, icon: 'people', isFound: true },
      go: () => navigate(`/console/people/${id}`),
    }),
  );
  const ofChats = (chats.data?.rows ?? []).map(
    ({ chat }): Offer => ({
      ...{ id: chat.id, group: 'chats', label: chat.title, icon: 'chat', isFound: true },
      go: () => navigate(`/chat/${chat.id}`),
    }),
  );
  const ofRequests: readonly Offer[] = REQUEST_ID.test(wanted)
    ? [
        {
          ...{ id: wanted, group: 'requests', label: words.request(wanted), icon: 'requests', isFound: true },
          go: () => navigate(`/console/requests/${wanted.toLowerCase()}`),
        },
      ]
    : [];
  return [...pages, ...deeds, ...ofRequests, ...(isAsked ? [...ofKeys, ...ofPeople, ...ofChats] : [])];
}
