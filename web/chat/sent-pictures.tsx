import type { ReactNode } from 'react';
import type { ChatWords } from './words.en.ts';

/** Pictures above what was said with them; pressed, they open in their size. */
export function SentPictures(props: {
  readonly urls: readonly string[];
  readonly words: ChatWords;
}): ReactNode {
  const { urls, words } = props;
  if (urls.length === 0) return null;
  return (
    <div className="sent-pictures">
      {urls.map((url, at) => (
        // What is not yet at the server has no address to open.
        <a
          key={url.slice(-64)}
          {...(!url.startsWith('data:') && { href: url })}
          target="_blank"
          rel="noopener"
        >
          <img src={url} alt={words.composer.pictureNumber(at + 1)} loading="lazy" />
        </a>
      ))}
    </div>
  );
}
