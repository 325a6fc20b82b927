import { useQueryClient } from '@tanstack/react-query';
import { useContext, useEffect, useRef } from 'react';
import type { Me } from '../../src/http/api/wire/me.ts';
import { ask } from '../api/ask.ts';
import { choiceIsSaved, LanguageContext, unsavedChoice } from '../shell/language.ts';

/**
 * Keeps a person's language with the person: what they chose in this browser, also before they signed in, goes into
 * their profile, and what the profile has is shown wherever they sign in.
 */
export function useOwnLanguage(me: Me | undefined): void {
  const { language, followProfile } = useContext(LanguageContext);
  const queries = useQueryClient();
  const isSending = useRef(false);
  const stored = me?.preferences.language;
  useEffect(() => {
    // One after the other: the last choice is the one that stays.
    if (stored === undefined || isSending.current) return;
    const unsaved = unsavedChoice();
    if (unsaved === undefined || unsaved === stored) {
      if (stored === null) return;
      choiceIsSaved(stored);
      if (stored !== language) followProfile(stored);
      return;
    }
    // Should it not arrive, it is sent again with the next page that is opened.
    isSending.current = true;
    ask<Me>('PATCH', '/me', { language: unsaved })
      .finally(() => {
        isSending.current = false;
      })
      .then(
        (saved) => queries.setQueryData(['/me'], saved),
        () => {},
      );
  }, [stored, language, followProfile, queries]);
}
