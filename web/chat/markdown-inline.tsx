import type { Token } from 'marked';
import type { ReactNode } from 'react';
import { ChatIcon } from './chat-icons.tsx';
import { safeAddress } from './safe-address.ts';
import type { ChatWords } from './words.en.ts';

/** What stands within a line. HTML is the text that it is; only a line break of it is a line break. */
export function Inline(props: { readonly tokens: readonly Token[]; readonly words: ChatWords }): ReactNode {
  return props.tokens.map((token, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: they come one after the other and never change places
    <InlineToken key={at} token={token} words={props.words} />
  ));
}

function InlineToken({ token, words }: { readonly token: Token; readonly words: ChatWords }): ReactNode {
  const below = 'tokens' in token ? token.tokens : undefined;
  const inside = below === undefined ? null : <Inline tokens={below} words={words} />;
  switch (token.type) {
    case 'strong':
      return <strong>{inside}</strong>;
    case 'em':
      return <em>{inside}</em>;
    case 'del':
      return <del>{inside}</del>;
    case 'codespan':
      return <code className="in">{token.text}</code>;
    case 'br':
      return <br />;
    case 'link':
      return <OutsideLink href={token.href}>{inside}</OutsideLink>;
    case 'image':
      return <OutsidePicture href={token.href} alt={token.text} words={words} />;
    case 'escape':
      return token.text;
    default:
      return inside ?? withLineBreaks(token.type === 'text' ? token.text : token.raw);
  }
}

/** Models write `<br>` where a table has no other way to begin a line. */
function withLineBreaks(text: string): ReactNode {
  const lines = text.split(/<br ?\/?>/i);
  if (lines.length === 1) return text;
  return lines.map((line, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    <span key={at}>
      {at > 0 && <br />}
      {line}
    </span>
  ));
}

function OutsideLink({ href, children }: { readonly href: string; readonly children: ReactNode }): ReactNode {
  const address = safeAddress(href);
  if (address === undefined) return children;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

/** A picture elsewhere could tell its server what was asked, so it is fetched when somebody wants to see it. */
function OutsidePicture(props: {
  readonly href: string;
  readonly alt: string;
  readonly words: ChatWords;
}): ReactNode {
  const { href, alt, words } = props;
  const address = safeAddress(href);
  if (address === undefined || !address.startsWith('http')) return alt;
  return (
    <a
      className="md-picture"
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      title={words.turn.pictureHint}
    >
      <ChatIcon name="picture" />
      {alt === '' ? words.turn.picture(new URL(address).hostname) : alt}
    </a>
  );
}
