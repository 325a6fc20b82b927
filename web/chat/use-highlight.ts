import { useEffect, useRef, useState } from 'react';
import type { CodePiece } from './code-pieces.ts';

export interface HighlightWish {
  readonly id: number;
  readonly text: string;
  readonly language: string;
}

export interface HighlightAnswer {
  readonly id: number;
  /** Empty when the language is not known. */
  readonly pieces: readonly CodePiece[];
}

/** Code that is being written is coloured this often. */
const BETWEEN_MS = 300;

/** Longer code stays without colours: it is a file, and to be saved rather than read. */
const LONGEST_CHARACTERS = 200_000;

let worker: Worker | undefined;
let lastId = 0;
const waiting = new Map<number, (pieces: readonly CodePiece[]) => void>();

/** One worker for the page, started by the first code that has a language. */
function highlight(text: string, language: string): Promise<readonly CodePiece[]> {
  if (worker === undefined) {
    worker = new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<HighlightAnswer>) => {
      waiting.get(data.id)?.(data.pieces);
      waiting.delete(data.id);
    });
  }
  lastId += 1;
  const wish: HighlightWish = { id: lastId, text, language };
  worker.postMessage(wish);
  return new Promise((resolve) => waiting.set(wish.id, resolve));
}

/** A piece of code in its colours; what has grown since they were found follows without any. */
export function useHighlight(text: string, language: string): readonly CodePiece[] {
  const [found, setFound] = useState<{ text: string; pieces: readonly CodePiece[] }>();
  const askedAt = useRef(0);
  useEffect(() => {
    if (language === '' || text === '' || text.length > LONGEST_CHARACTERS) return;
    const wait = Math.max(0, askedAt.current + BETWEEN_MS - Date.now());
    const timer = setTimeout(() => {
      askedAt.current = Date.now();
      // An answer for what the text was a moment ago still colours its beginning.
      void highlight(text, language.toLowerCase()).then((pieces) => {
        if (pieces.length > 0) setFound({ text, pieces });
      });
    }, wait);
    return () => clearTimeout(timer);
  }, [text, language]);
  if (found === undefined || !text.startsWith(found.text)) return [{ kind: '', text }];
  if (found.text.length === text.length) return found.pieces;
  return [...found.pieces, { kind: '', text: text.slice(found.text.length) }];
}
