import type { ReactNode } from 'react';
import { Icon } from '../design/icons.tsx';
import { type Picture, pictureUrl } from './read-picture.ts';
import type { ChatWords } from './words.en.ts';

/** The pictures that go with what is being written. */
export function PictureStrip(props: {
  readonly pictures: readonly Picture[];
  readonly onRemove: (key: string) => void;
  readonly words: ChatWords;
}): ReactNode {
  const { pictures, onRemove, words } = props;
  if (pictures.length === 0) return null;
  return (
    <ul className="strip">
      {pictures.map((picture, at) => (
        <li key={picture.key}>
          <img src={pictureUrl(picture)} alt={words.composer.pictureNumber(at + 1)} />
          <button
            type="button"
            className="ib"
            aria-label={words.composer.removePicture(at + 1)}
            onClick={() => onRemove(picture.key)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
