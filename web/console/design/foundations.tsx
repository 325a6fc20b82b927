import type { ReactNode } from 'react';
import { Boom, ICON_NAMES, Icon } from '../../design/icons.tsx';
import { Wordmark } from '../../design/wordmark.tsx';
import { ShownPart } from './shown-part.tsx';
import type { DesignWords } from './words.en.ts';

interface PartProps {
  readonly words: DesignWords;
}

export function Marks({ words }: PartProps): ReactNode {
  return (
    <ShownPart title={words.marks} source="wordmark.tsx, icons.tsx">
      <div className="row g4 wrap">
        <Wordmark />
        <Boom isUp={false} />
        <Boom isUp />
      </div>
      <ul className="icon-table">
        {ICON_NAMES.map((name) => (
          <li key={name}>
            <Icon name={name} />
            <span className="micro">{name}</span>
          </li>
        ))}
      </ul>
    </ShownPart>
  );
}

const COLORS = [
  ...['surface-0', 'surface-1', 'surface-2', 'surface-3', 'surface-pop', 'ink', 'accent', 'accent-bg'],
  ...['good-solid', 'good-bg', 'warn-solid', 'warn-bg', 'bad-solid', 'bad-bg', 'info-solid', 'info-bg'],
  ...['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6', 'hairline', 'control-line'],
];

export function Colors({ words }: PartProps): ReactNode {
  return (
    <ShownPart title={words.colors} source="tokens.css">
      <ul className="color-table">
        {COLORS.map((name) => (
          <li key={name}>
            <span className="swatch" style={{ background: `var(--${name})` }} />
            <code className="micro">{name}</code>
          </li>
        ))}
      </ul>
    </ShownPart>
  );
}

const TYPES = ['figure', 'title', 'heading', 'body', 'ui', 'meta', 'micro', 'code'] as const;

export function Types({ words }: PartProps): ReactNode {
  return (
    <ShownPart title={words.types} source="tokens.css">
      <dl className="type-table">
        {TYPES.map((name) => (
          <div key={name}>
            <dt>
              <code className="micro">{name}</code>
            </dt>
            <dd style={{ font: `var(--type-${name})` }}>{words.sentence}</dd>
          </div>
        ))}
      </dl>
      <p className="row g4 wrap">
        <span>{words.text1}</span>
        <span className="t2">{words.text2}</span>
        <span className="t3">{words.text3}</span>
        <code className="in">/v1/models</code>
        <kbd>⌘K</kbd>
      </p>
    </ShownPart>
  );
}
