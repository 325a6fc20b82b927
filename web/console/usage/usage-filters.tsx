import type { ReactNode } from 'react';
import { Icon } from '../../design/icons.tsx';
import { canBeByHour, type GroupBy, RANGES, type Range, type UsageView, withRange } from './usage-view.ts';
import type { UsageWords } from './words.en.ts';

interface FiltersProps {
  readonly words: UsageWords;
  readonly view: UsageView;
  readonly onView: (view: UsageView) => void;
}

const GROUPS = ['model', 'key', 'person'] as const;
const STEPS = ['hour', 'day'] as const;
const MEASURES = ['cost', 'tokens', 'requests'] as const;

/** Over which time, in which steps, by what, and which of the figures. */
export function UsageFilters({ words, view, onView }: FiltersProps): ReactNode {
  return (
    <div className="row wrap filters scroll-x">
      <select
        className="select fit"
        aria-label={words.range}
        value={view.range}
        onChange={(event) => onView(withRange(view, event.target.value as Range))}
      >
        {RANGES.map((range) => (
          <option key={range} value={range}>
            {words.ranges[range]}
          </option>
        ))}
      </select>
      <select
        className="select fit"
        aria-label={words.groupBy}
        value={view.groupBy}
        onChange={(event) => onView({ ...view, groupBy: event.target.value as GroupBy })}
      >
        {GROUPS.map((group) => (
          <option key={group} value={group}>
            {words.by[group]}
          </option>
        ))}
      </select>
      {canBeByHour(view.range) && view.range !== 'day' && (
        <Choice
          label={words.step}
          options={STEPS.map((step) => [step, words.steps[step]])}
          chosen={view.step}
          onChoose={(step) => onView({ ...view, step })}
        />
      )}
      {view.only !== undefined && (
        <button
          type="button"
          className="chip on"
          aria-label={words.showAll(view.only.name)}
          onClick={() => onView({ ...view, only: undefined })}
        >
          <b>{words.groups[view.only.by]}</b> {view.only.name}
          <Icon name="close" />
        </button>
      )}
      <span className="grow hide-m" />
      <Choice
        label={words.measure}
        options={MEASURES.map((measure) => [measure, words.measures[measure]])}
        chosen={view.measure}
        onChoose={(measure) => onView({ ...view, measure })}
      />
    </div>
  );
}

function Choice<Name extends string>(props: {
  readonly label: string;
  readonly options: readonly (readonly [Name, string])[];
  readonly chosen: Name;
  readonly onChoose: (name: Name) => void;
}): ReactNode {
  return (
    <fieldset className="seg" aria-label={props.label}>
      {props.options.map(([name, text]) => (
        <button
          type="button"
          key={name}
          aria-pressed={name === props.chosen}
          onClick={() => props.onChoose(name)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}
