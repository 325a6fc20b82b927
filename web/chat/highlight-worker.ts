import { piecesOf } from './code-pieces.ts';
import { highlighter } from './highlight-languages.ts';
import type { HighlightAnswer, HighlightWish } from './use-highlight.ts';

const hljs = highlighter();

self.addEventListener('message', ({ data }: MessageEvent<HighlightWish>) => {
  const { id, text, language } = data;
  const pieces =
    hljs.getLanguage(language) === undefined
      ? []
      : piecesOf(hljs.highlight(text, { language, ignoreIllegals: true }).value);
  const answer: HighlightAnswer = { id, pieces };
  self.postMessage(answer);
});
