import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { send } from '../api/send-auth.ts';
import {
  offersAutofill,
  PasskeyFailed,
  showPasskey,
  stopAsking,
  type UsedPasskey,
  type UsingOptions,
} from '../passkeys/ask-authenticator.ts';
import type { Problem } from './problem-of.ts';
import { useAttempt } from './use-attempt.ts';

/** What a passkey may sign is over after five minutes, and whoever looks at the page may sit there longer. */
const OFFER_MS = 240_000;

interface PasskeySignIn {
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
  /** Asks for a passkey in the browser's own dialog. */
  readonly ask: () => void;
}

/**
 * Signing in with a passkey: by the button, and where the address is typed, for as long as the page is open. A browser
 * asks for one thing at a time, so what is offered with the address begins anew after each use of the button.
 */
export function usePasskeys(isHere: boolean, onEntered: () => void): PasskeySignIn {
  const { isBusy, problem, attempt } = useAttempt();
  const [round, setRound] = useState(0);
  const isAsking = useRef(false);
  const offerAgain = () => setRound((before) => before + 1);

  const enter = async (used: UsedPasskey) => {
    await send('/sign-in/passkey', used);
    onEntered();
  };
  const enterByOffer = useEffectEvent(async (used: UsedPasskey) => {
    await attempt(() => enter(used));
    offerAgain();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round is an offer.
  useEffect(() => {
    if (!isHere) return undefined;
    let isOver = false;
    const offer = async () => {
      if (!(await offersAutofill()) || isOver) return;
      const options = await challenge();
      if (isOver || isAsking.current) return;
      const used = await showPasskey(options, 'autofill');
      if (!isOver) await enterByOffer(used);
    };
    // Nobody has asked for it, so nobody is told that it did not work.
    offer().catch(() => {});
    const timer = setTimeout(() => {
      if (!isAsking.current) offerAgain();
    }, OFFER_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
      void stopAsking();
    };
  }, [isHere, round]);

  const ask = async () => {
    isAsking.current = true;
    try {
      await enter(await showPasskey(await challenge(), 'dialog'));
    } catch (error) {
      const isReplaced = error instanceof PasskeyFailed && error.fault === 'replaced';
      if (!isReplaced) throw error;
    } finally {
      isAsking.current = false;
      offerAgain();
    }
  };
  return { isBusy, problem, ask: () => void attempt(ask) };
}

function challenge(): Promise<UsingOptions> {
  return send('/passkey/challenge', {});
}
