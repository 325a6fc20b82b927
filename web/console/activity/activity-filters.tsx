import type { ReactNode } from 'react';
import type { ActivityKind } from '../../../src/http/api/wire/operator-installation.ts';
import { Icon } from '../../design/icons.tsx';
import { type ActivityView, KINDS, SPANS, type Span, withSpan } from './activity-view.ts';
import type { ActivityWords } from './words.en.ts';

interface FiltersProps {
  readonly words: ActivityWords;
  readonly view: ActivityView;
  readonly onView: (view: ActivityView) => void;
}

/** What the changes are about, since when, and whose they are: a click on a name shows only theirs. */
export function ActivityFilters({ words, view, onView }: FiltersProps): ReactNode {
  const { filters } = words;
  return (
    <div className="row wrap activity-filters">
      <select
        className="select fit"
        aria-label={filters.kind}
        value={view.kind ?? ''}
        onChange={(event) =>
          onView({
            ...view,
            kind: event.target.value === '' ? undefined : (event.target.value as ActivityKind),
          })
        }
      >
        <option value="">{filters.allKinds}</option>
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {filters.kinds[kind]}
          </option>
        ))}
      </select>
      <select
        className="select fit"
        aria-label={filters.span}
        value={view.span}
        onChange={(event) => onView(withSpan(view, event.target.value as Span, Date.now()))}
      >
        {SPANS.map((span) => (
          <option key={span} value={span}>
            {filters.spans[span]}
          </option>
        ))}
      </select>
      {view.actor !== undefined && (
        <button
          type="button"
          className="chip on"
          aria-label={filters.everybody(view.actor.name)}
          onClick={() => onView({ ...view, actor: undefined })}
        >
          <b>{filters.by}</b> {view.actor.name}
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
