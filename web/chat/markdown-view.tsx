import type { Token, Tokens } from 'marked';
import { memo, type ReactNode, useMemo, useRef } from 'react';
import { CodeBlock } from './code-block.tsx';
import { growMarkdown, isSameItem, type MarkdownBlock, NO_MARKDOWN } from './markdown-blocks.ts';
import { Inline } from './markdown-inline.tsx';
import type { ChatWords } from './words.en.ts';

/** A text of a model. While it grows, only the block at its end is drawn anew. */
export function MarkdownView(props: { readonly text: string; readonly words: ChatWords }): ReactNode {
  const { text, words } = props;
  const last = useRef(NO_MARKDOWN);
  const grown = useMemo(() => {
    last.current = growMarkdown(last.current, text);
    return last.current;
  }, [text]);
  return (
    <div className="md">
      {grown.blocks.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks come one after the other and never change places
        <TopBlock key={at} block={block} words={words} />
      ))}
    </div>
  );
}

const TopBlock = memo(function TopBlock({
  block,
  words,
}: {
  readonly block: MarkdownBlock;
  readonly words: ChatWords;
}): ReactNode {
  return <Block token={block.token} words={words} />;
});

function Block({ token, words }: { readonly token: Token; readonly words: ChatWords }): ReactNode {
  switch (token.type) {
    case 'heading':
      return <Heading token={token as Tokens.Heading} words={words} />;
    case 'paragraph':
      return (
        <p>
          <Inline tokens={token.tokens ?? []} words={words} />
        </p>
      );
    case 'code':
      return <CodeBlock text={token.text} language={token.lang ?? ''} words={words} />;
    case 'list':
      return <List token={token as Tokens.List} words={words} />;
    case 'blockquote':
      return (
        <blockquote>
          <Blocks tokens={token.tokens ?? []} words={words} />
        </blockquote>
      );
    case 'table':
      return <Table token={token as Tokens.Table} words={words} />;
    case 'hr':
      return <hr />;
    case 'space':
    case 'def':
    case 'checkbox':
      return null;
    default:
      // Text of a tight list item, and whatever a later version may bring: never lost, never run.
      return 'tokens' in token && token.tokens !== undefined ? (
        <Inline tokens={token.tokens} words={words} />
      ) : (
        token.raw
      );
  }
}

function Blocks(props: { readonly tokens: readonly Token[]; readonly words: ChatWords }): ReactNode {
  return props.tokens.map((token, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    <Block key={at} token={token} words={props.words} />
  ));
}

/** The page's own headings are above: what an answer calls its first is the third. */
function Heading(props: { readonly token: Tokens.Heading; readonly words: ChatWords }): ReactNode {
  const { token, words } = props;
  const inside = <Inline tokens={token.tokens} words={words} />;
  if (token.depth === 1) return <h3 className="md-h1">{inside}</h3>;
  if (token.depth === 2) return <h4 className="md-h2">{inside}</h4>;
  if (token.depth === 3) return <h5 className="md-h3">{inside}</h5>;
  return <h6 className="md-h3">{inside}</h6>;
}

function List({ token, words }: { readonly token: Tokens.List; readonly words: ChatWords }): ReactNode {
  const items = token.items.map((item, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    <Item key={at} item={item} words={words} />
  ));
  if (!token.ordered) return <ul>{items}</ul>;
  return <ol start={token.start === '' ? 1 : token.start}>{items}</ol>;
}

interface ItemProps {
  readonly item: Tokens.ListItem;
  readonly words: ChatWords;
}

/** A long list is one block; its finished items are drawn once all the same. */
const Item = memo(
  function Item({ item, words }: ItemProps): ReactNode {
    return (
      <li {...(item.task && { className: 'md-task' })}>
        {item.task && <input type="checkbox" checked={item.checked === true} readOnly tabIndex={-1} />}
        <Blocks tokens={item.tokens} words={words} />
      </li>
    );
  },
  (before, now) =>
    before.words === now.words && isSameItem(before.item, now.item) && !now.item.raw.includes('['),
);

function Table({ token, words }: { readonly token: Tokens.Table; readonly words: ChatWords }): ReactNode {
  const alignment = (at: number) => (token.align[at] === 'right' ? { className: 'r' } : {});
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself is reached by the keyboard
    <div className="md-scroll" tabIndex={0}>
      <table className="mdt">
        <thead>
          <tr>
            {token.header.map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <th key={at} scope="col" {...alignment(at)}>
                <Inline tokens={cell.tokens} words={words} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {token.rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <tr key={at}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <td key={column} {...alignment(column)}>
                  <Inline tokens={cell.tokens} words={words} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
