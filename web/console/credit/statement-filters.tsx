import type { ReactNode } from 'react';
import { Icon } from '../../design/icons.tsx';
import { type StatementFilter, spanQuery } from './statement-filter.ts';
import type { CreditWords } from './words.en.ts';

const KINDS = ['everything', 'charges', 'credit'] as const;
const FORMATS = ['csv', 'json'] as const;

interface FiltersProps {
  readonly words: CreditWords;
  readonly filter: StatementFilter;
  readonly onFilter: (filter: StatementFilter) => void;
  readonly exportPath: string;
}

/** What is shown of the statement, and all movements of the same days as a file. */
export function StatementFilters({ words, filter, onFilter, exportPath }: FiltersProps): ReactNode {
  return (
    <>
      <div className="sec-h">
        <h2>{words.statement}</h2>
        <span className="push">
          {FORMATS.map((format) => (
            <a
              className="btn sm"
              key={format}
              href={`${exportPath}?${new URLSearchParams({ format, ...spanQuery(filter) })}`}
              title={words.exportHint}
              download
            >
              <Icon name="download" />
              {format.toUpperCase()}
            </a>
          ))}
        </span>
      </div>
      <div className="row wrap statement-filters">
        <fieldset className="seg" aria-label={words.show}>
          {KINDS.map((what) => (
            <button
              type="button"
              key={what}
              aria-pressed={what === filter.what}
              onClick={() => onFilter({ ...filter, what })}
            >
              {words.shows[what]}
            </button>
          ))}
        </fieldset>
        <label className="row">
          <span className="meta">{words.from}</span>
          <input
            className="input"
            type="date"
            value={filter.fromDay}
            max={filter.toDay}
            onChange={(event) => onFilter({ ...filter, fromDay: event.target.value })}
          />
        </label>
        <label className="row">
          <span className="meta">{words.to}</span>
          <input
            className="input"
            type="date"
            value={filter.toDay}
            min={filter.fromDay}
            onChange={(event) => onFilter({ ...filter, toDay: event.target.value })}
          />
        </label>
      </div>
    </>
  );
}
