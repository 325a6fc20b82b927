import type { ReactNode } from 'react';
import type { KeyList } from '../../../src/http/api/wire/keys.ts';
import type { ModelList } from '../../../src/http/api/wire/models.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Icon } from '../../design/icons.tsx';
import { usePerson } from '../../shell/person.tsx';
import { ALL_REQUESTS, RESULTS, type RequestFilter, writeFilter } from './request-filter.ts';
import type { RequestsWords } from './words.en.ts';

interface FiltersProps {
  readonly words: RequestsWords;
  readonly filter: RequestFilter;
  readonly onFilter: (filter: RequestFilter) => void;
}

/** Which requests are shown. What is chosen stays on its list, also when the team has it no more. */
export function RequestFilters({ words, filter, onFilter }: FiltersProps): ReactNode {
  const { team } = usePerson();
  const { filters } = words;
  const models = useAnswer<ModelList>(`/teams/${team.id}/models`);
  const keys = useAnswer<KeyList>(`/teams/${team.id}/keys`);
  const names = new Set([...(models.data?.rows.map(({ id }) => id) ?? []), filter.model]);
  names.delete('');
  const keyNames = (keys.data?.rows ?? []).map(
    ({ id, name, redacted }): Option => [id, `${name} ${redacted}`],
  );
  const doors: Option[] = [
    ['console', filters.console],
    ['chat', filters.chat],
  ];
  return (
    <fieldset className="row wrap request-filters" aria-label={filters.label}>
      <Choice
        label={filters.model}
        all={filters.allModels}
        chosen={filter.model}
        options={[...names].map((name) => [name, name])}
        onChoose={(model) => onFilter({ ...filter, model })}
      />
      <Choice
        label={filters.key}
        all={filters.allKeys}
        chosen={filter.key}
        options={[...doors, ...keyNames]}
        onChoose={(key) => onFilter({ ...filter, key })}
      />
      <Choice
        label={filters.result}
        all={filters.allResults}
        chosen={filter.result}
        options={RESULTS.map((result) => [result, words.table.result[result]])}
        onChoose={(chosen) =>
          onFilter({ ...filter, result: RESULTS.find((result) => result === chosen) ?? '' })
        }
      />
      <Day
        label={filters.from}
        day={filter.fromDay}
        max={filter.toDay}
        onDay={(fromDay) => onFilter({ ...filter, fromDay })}
      />
      <Day
        label={filters.to}
        day={filter.toDay}
        min={filter.fromDay}
        onDay={(toDay) => onFilter({ ...filter, toDay })}
      />
      {writeFilter(filter).size > 0 && (
        <button type="button" className="btn ghost sm" onClick={() => onFilter(ALL_REQUESTS)}>
          <Icon name="close" />
          {filters.clear}
        </button>
      )}
    </fieldset>
  );
}

type Option = readonly [value: string, text: string];

function Choice(props: {
  readonly label: string;
  readonly all: string;
  readonly chosen: string;
  readonly options: readonly Option[];
  readonly onChoose: (value: string) => void;
}): ReactNode {
  const { label, all, chosen, options, onChoose } = props;
  return (
    <select
      className={chosen === '' ? 'select' : 'select is-set'}
      aria-label={label}
      value={chosen}
      onChange={(event) => onChoose(event.target.value)}
    >
      <option value="">{all}</option>
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
      {chosen !== '' && !options.some(([value]) => value === chosen) && (
        <option value={chosen}>{chosen}</option>
      )}
    </select>
  );
}

function Day(props: {
  readonly label: string;
  readonly day: string;
  readonly min?: string;
  readonly max?: string;
  readonly onDay: (day: string) => void;
}): ReactNode {
  const { label, day, min, max, onDay } = props;
  return (
    <label className="row day">
      <span className="meta">{label}</span>
      <input
        className="input"
        type="date"
        value={day}
        {...(min && { min })}
        {...(max && { max })}
        onChange={(event) => onDay(event.target.value)}
      />
    </label>
  );
}
