import { type ReactNode, Suspense, startTransition, useCallback, useEffect, useMemo, useState } from 'react';
import { Route, Switch } from 'wouter';
import { definePage } from '../shell/define-page.tsx';
import {
  firstLanguage,
  keepChoice,
  type Language,
  LanguageContext,
  showLanguage,
} from '../shell/language.ts';
import { CatchBroken } from './catch-broken.tsx';
import { ChatRoute } from './chat-route.tsx';
import { ConsoleRoutes } from './console-routes.tsx';

const GATE_WORDS = {
  en: async () => (await import('../sign-in/words.en.ts')).en,
  zh: async () => (await import('../sign-in/words.zh.ts')).zh,
};

const SignIn = definePage(GATE_WORDS, async () => (await import('../sign-in/sign-in-page.tsx')).SignInPage);

const Forgot = definePage(GATE_WORDS, async () => (await import('../sign-in/forgot-page.tsx')).ForgotPage);

const Reset = definePage(GATE_WORDS, async () => (await import('../sign-in/reset-page.tsx')).ResetPage);

const Confirm = definePage(GATE_WORDS, async () => (await import('../sign-in/confirm-page.tsx')).ConfirmPage);

const SignUp = definePage(
  {
    en: async () => (await import('../sign-up/words.en.ts')).en,
    zh: async () => (await import('../sign-up/words.zh.ts')).zh,
  },
  async () => (await import('../sign-up/sign-up-page.tsx')).SignUpPage,
);

const SetUp = definePage(
  {
    en: async () => (await import('../set-up/words.en.ts')).en,
    zh: async () => (await import('../set-up/words.zh.ts')).zh,
  },
  async () => (await import('../set-up/set-up-route.tsx')).SetUpRoute,
);

/** Every page by its address. What needs nobody to be signed in comes first. */
export function App(): ReactNode {
  const [language, choose] = useState<Language>(firstLanguage);
  // The page stays as it is until the words in the other language have come.
  const follow = useCallback((next: Language) => startTransition(() => choose(next)), []);
  const setLanguage = useCallback(
    (chosen: Language) => {
      keepChoice(chosen);
      follow(chosen);
    },
    [follow],
  );
  useEffect(() => showLanguage(language), [language]);
  const context = useMemo(
    () => ({ language, setLanguage, followProfile: follow }),
    [language, setLanguage, follow],
  );
  return (
    <LanguageContext value={context}>
      <CatchBroken>
        <Suspense>
          <Switch>
            <Route path="/sign-in">
              <SignIn />
            </Route>
            <Route path="/forgot">
              <Forgot />
            </Route>
            <Route path="/reset">
              <Reset />
            </Route>
            <Route path="/confirm">
              <Confirm />
            </Route>
            <Route path="/sign-up">
              <SignUp />
            </Route>
            <Route path="/set-up">
              <SetUp />
            </Route>
            <Route path="/chat/:chatId?">{({ chatId }) => <ChatRoute chatId={chatId} />}</Route>
            <Route>
              <ConsoleRoutes />
            </Route>
          </Switch>
        </Suspense>
      </CatchBroken>
    </LanguageContext>
  );
}
