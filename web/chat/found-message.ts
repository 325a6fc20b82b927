import { useEffect, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';

/** The address of a message's place on the page. */
export function placeOf(messageId: string): string {
  return `message-${messageId}`;
}

/**
 * The message that the address leads to, such as one that was searched for; it is brought into view as soon as it is on
 * the path that is shown, once. One that belongs to another version is given to `show` before.
 */
export function useFoundMessage(
  isOnPath: (messageId: string) => boolean,
  show: (messageId: string) => void,
): string | undefined {
  const at = new URLSearchParams(useSearch()).get('at') ?? undefined;
  const [path, navigate] = useLocation();
  const [shown, setShown] = useState<string | undefined>();
  const isReady = at !== undefined && isOnPath(at);
  const latest = useRef(show);
  latest.current = show;
  useEffect(() => {
    if (at === undefined) return;
    if (!isReady) return latest.current(at);
    setShown(at);
    document.getElementById(placeOf(at))?.scrollIntoView({ block: 'start' });
    // The address is that of the conversation again, so that it begins at its end the next time.
    navigate(path, { replace: true });
  }, [isReady, at, path, navigate]);
  return at ?? shown;
}
