import type { Rule } from './finding.ts';

const ENGLISH = 'README.md';
const CHINESE = 'README.zh-CN.md';

/** Both READMEs tell the same: the same order of headings, the same code to type. */
export const readmes: Rule = (tree) => {
  const english = tree.get(ENGLISH);
  const chinese = tree.get(CHINESE);
  if (english === undefined) return [{ path: ENGLISH, message: 'is missing.' }];
  if (chinese === undefined) return [{ path: CHINESE, message: 'is missing.' }];
  const [ours, theirs] = [outline(english), outline(chinese)];
  const place = ours.findIndex((part, index) => part.content !== theirs[index]?.content);
  if (place === -1 && ours.length === theirs.length) return [];
  const [here, there] = [ours[place], theirs[place === -1 ? ours.length : place]];
  const inEnglish = here === undefined ? 'ends' : `line ${here.line} has ${quote(here.content)}`;
  const inChinese = there === undefined ? 'ends' : `line ${there.line} has ${quote(there.content)}`;
  return [{ path: CHINESE, message: `is told differently: where ${ENGLISH} ${inEnglish}, it ${inChinese}.` }];
};

interface Part {
  readonly line: number;
  /** The level of a heading, or a code block whole. */
  readonly content: string;
}

function outline(markdown: string): readonly Part[] {
  const parts: Part[] = [];
  let block: { line: number; lines: string[] } | undefined;
  for (const [index, text] of markdown.split('\n').entries()) {
    if (block !== undefined) {
      block.lines.push(text);
      if (!text.startsWith('```')) continue;
      parts.push({ line: block.line, content: block.lines.join('\n') });
      block = undefined;
    } else if (text.startsWith('```')) {
      block = { line: index + 1, lines: [text] };
    } else {
      const heading = /^#{1,6}(?= )/.exec(text)?.[0];
      if (heading !== undefined) parts.push({ line: index + 1, content: heading });
    }
  }
  return parts;
}

function quote(content: string): string {
  if (content.startsWith('#')) return `a heading of level ${content.length}`;
  return `the code ${JSON.stringify(content.slice(0, 80))}`;
}
