import { Lexer, type Token, Tokenizer, type Tokens, type TokensList } from 'marked';

/** Where addresses of `[text][name]` are written. */
export type Links = TokensList['links'];

/** One block of a text: a paragraph, a list, a table, a piece of code. */
export interface MarkdownBlock {
  readonly token: Token;
  /** Grows whenever an address that the block could name became known. */
  readonly linksVersion: number;
}

/**
 * A text that grows, in blocks. Those that nothing which comes later can change are frozen: they are read once and keep
 * their identity, so that a page draws them once. What is after them is read anew with every piece.
 */
export interface MarkdownText {
  /** All that was appended, its line ends being `\n`. */
  readonly text: string;
  readonly blocks: readonly MarkdownBlock[];
  /** How many of the blocks are frozen, and where in the text the others begin. */
  readonly frozen: number;
  readonly frozenEnd: number;
  /** The addresses that frozen blocks define, and all that are defined so far. */
  readonly frozenLinks: Links;
  readonly links: Links;
  readonly linksVersion: number;
}

export const NO_MARKDOWN: MarkdownText = {
  ...{ text: '', blocks: [], frozen: 0, frozenEnd: 0, frozenLinks: {}, links: {}, linksVersion: 0 },
};

/** The text with a piece more at its end. */
export function appendMarkdown(before: MarkdownText, piece: string): MarkdownText {
  if (piece === '') return before;
  // A carriage return at the end waits: the next piece may begin with its line feed.
  const text = joinLines(before.text, piece);
  const tail = text.slice(before.frozenEnd);
  const { tokens, links } = readBlocks(tail, before.frozenLinks);
  const isSame = JSON.stringify(links) === JSON.stringify(before.links);
  const linksVersion = before.linksVersion + (isSame ? 0 : 1);
  const old = before.blocks.slice(0, before.frozen);
  const { count, end } = whatIsClosed(tokens, tail);
  const closed = tokens.slice(0, count);
  const previous = before.blocks.slice(before.frozen);
  return {
    text,
    blocks: [
      ...(isSame ? old : old.map((block) => withLinks(block, links, linksVersion))),
      ...tokens.filter(isShown).map((token, at) => keepSame(previous[at], { token, linksVersion })),
    ],
    frozen: old.length + closed.filter(isShown).length,
    frozenEnd: before.frozenEnd + end,
    frozenLinks: linksIn(tail.slice(0, end), before.frozenLinks),
    links,
    linksVersion,
  };
}

/** With the addresses that a text defines, be it within a list or a quote; few texts define any. */
function linksIn(text: string, known: Links): Links {
  return text.includes(']:') ? readBlocks(text, known).links : known;
}

/** The given text as what `before` has become; anew where it is not its beginning. */
export function growMarkdown(before: MarkdownText, text: string): MarkdownText {
  const isLonger = text.startsWith(before.text) && !text.includes('\r');
  return isLonger
    ? appendMarkdown(before, text.slice(before.text.length))
    : appendMarkdown(NO_MARKDOWN, text);
}

function joinLines(before: string, piece: string): string {
  if (!piece.includes('\r') && !before.endsWith('\r')) return before + piece;
  const kept = before.endsWith('\r') ? before.slice(0, -1) : before;
  const joined = `${before.endsWith('\r') ? '\r' : ''}${piece}`.replace(/\r\n|\r(?=[^\n])/g, '\n');
  return kept + joined;
}

/** The raw texts of the tokens are, one after the other, the whole text. */
function readBlocks(
  text: string,
  known: Links,
): { readonly tokens: readonly Token[]; readonly links: Links } {
  const tokenizer = new Tokenizer();
  const lexer = new Lexer({ gfm: true, tokenizer });
  // Whatever looks like HTML is text: it is shown as it was written and never interrupts a paragraph.
  tokenizer.rules = RULES;
  tokenizer.html = () => undefined;
  tokenizer.tag = () => undefined;
  boundDepth(tokenizer);
  Object.assign(lexer.tokens.links, known);
  const tokens = lexer.lex(text);
  return { tokens, links: { ...lexer.tokens.links } };
}

/** Quotes and lists within each other; deeper than this they are text, which nobody reads either, but which is drawn. */
const DEEPEST = 24;

/** Each level is a call within a call, to the reader and to whoever draws: ten thousand of them would be the end of both. */
function boundDepth(tokenizer: Tokenizer): void {
  let depth = 0;
  const within = <Read extends (source: string) => unknown>(read: Read) =>
    ((source: string) => {
      if (depth >= DEEPEST) return undefined;
      depth += 1;
      try {
        return read.call(tokenizer, source);
      } finally {
        depth -= 1;
      }
    }) as Read;
  tokenizer.blockquote = within(tokenizer.blockquote);
  tokenizer.list = within(tokenizer.list);
}

const HTML_BEGINS = '| {0,3}(?:<\\/?(?:address|';
const HTML_ENDS = '|<!\\[CDATA\\[)';

/** A rule of blocks without its "or a line of HTML begins here". */
function withoutHtml(rule: RegExp): RegExp {
  let { source } = rule;
  for (;;) {
    const from = source.indexOf(HTML_BEGINS);
    const to = source.indexOf(HTML_ENDS, from);
    if (from === -1 || to === -1) return new RegExp(source, rule.flags);
    source = source.slice(0, from) + source.slice(to + HTML_ENDS.length);
  }
}

const { gfm } = Lexer.rules.block;
const RULES = {
  other: new Lexer().options.tokenizer?.rules.other ?? {},
  block: {
    ...gfm,
    paragraph: withoutHtml(gfm.paragraph),
    table: withoutHtml(gfm.table),
    lheading: withoutHtml(gfm.lheading),
    blockquote: withoutHtml(gfm.blockquote),
  },
  inline: Lexer.rules.inline.gfm,
} as Tokenizer['rules'];

function isShown({ type }: Token): boolean {
  return type !== 'space' && type !== 'def';
}

/**
 * How many tokens at the beginning are closed, and where they end. A line at the left edge after an empty line, or
 * after a heading, rule or finished piece of code, begins a block whatever follows, once that line is whole.
 */
function whatIsClosed(tokens: readonly Token[], text: string): { count: number; end: number } {
  let at = text.length;
  for (let index = tokens.length - 1; index > 0; index -= 1) {
    const token = tokens[index] as Token;
    at -= token.raw.length;
    if (!isShown(token) || !/^\S/.test(token.raw) || !text.includes('\n', at)) continue;
    if (text.slice(0, at).endsWith('\n\n') || isClosedByItself(tokens[index - 1]))
      return { count: index, end: at };
  }
  return { count: 0, end: 0 };
}

function isClosedByItself(token: Token | undefined): boolean {
  return token?.type === 'heading' || token?.type === 'hr';
}

function withLinks(block: MarkdownBlock, links: Links, linksVersion: number): MarkdownBlock {
  if (!block.token.raw.includes('[')) return block;
  const [token = block.token] = readBlocks(block.token.raw, links).tokens;
  return { token, linksVersion };
}

function keepSame(before: MarkdownBlock | undefined, now: MarkdownBlock): MarkdownBlock {
  const isSame =
    before !== undefined && before.linksVersion === now.linksVersion && isSameToken(before.token, now.token);
  return isSame ? before : now;
}

/** Whether two tokens are drawn alike: what is below them follows from their texts. */
function isSameToken(a: Token, b: Token): boolean {
  if (a.raw !== b.raw || a.type !== b.type || ('text' in a && 'text' in b && a.text !== b.text)) return false;
  // A quote takes in the lines after it, so the same text may have been read in two ways.
  if (a.type === 'blockquote') return JSON.stringify(a) === JSON.stringify(b);
  if (a.type !== 'list' || b.type !== 'list') return true;
  const [before, now] = [(a as Tokens.List).items, (b as Tokens.List).items];
  return before.every((item, at) => isSameItem(item, now[at]));
}

export function isSameItem(a: Tokens.ListItem, b: Tokens.ListItem | undefined): boolean {
  return a.raw === b?.raw && a.text === b.text && a.loose === b.loose && a.checked === b.checked;
}
