import { type ReactNode, useId } from 'react';
import type { Model } from '../../../src/http/api/wire/models.ts';
import { type Draft, NUMBERS } from './draft.ts';
import type { PlaygroundWords } from './words.en.ts';

interface SettingsProps {
  readonly words: PlaygroundWords;
  readonly draft: Draft;
  readonly models: readonly Model[];
  readonly onChange: (part: Partial<Draft>) => void;
}

const EXAMPLE = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      description: 'The weather of a city now.',
      parameters: {
        type: 'object',
        properties: { city: { type: 'string' } },
        required: ['city'],
      },
    },
  },
];

/** Everything of a call besides its messages; what is rarely needed is folded. */
export function Settings({ words, draft, models, onChange }: SettingsProps): ReactNode {
  const id = useId();
  const isFilled = [draft.stops, draft.tools, draft.more].some((text) => text !== '');
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}model`}>{words.model}</label>
        <select
          id={`${id}model`}
          className="select"
          value={draft.model}
          onChange={(event) => onChange({ model: event.target.value })}
        >
          {models.map((model) => (
            <option key={model.id} value={model.id}>
              {model.id}
            </option>
          ))}
        </select>
      </div>
      <div className="numbers">
        {NUMBERS.map((name) => (
          <div className="field" key={name}>
            <label htmlFor={id + name}>{words.numbers[name]}</label>
            <input
              id={id + name}
              className="input num"
              inputMode="decimal"
              autoComplete="off"
              placeholder={words.ranges[name]}
              value={draft.numbers[name]}
              onChange={(event) => onChange({ numbers: { ...draft.numbers, [name]: event.target.value } })}
            />
          </div>
        ))}
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={draft.stream}
          onChange={(event) => onChange({ stream: event.target.checked })}
        />
        {words.stream}
      </label>
      <details className="reveal" open={isFilled}>
        <summary>
          <span className="b5">{words.more}</span>
        </summary>
        <div className="stack g4">
          <div className="field">
            <label htmlFor={`${id}format`}>{words.format}</label>
            <select
              id={`${id}format`}
              className="select"
              value={draft.format}
              onChange={(event) =>
                onChange({ format: event.target.value === 'json_object' ? 'json_object' : 'text' })
              }
            >
              <option value="text">{words.formats.text}</option>
              <option value="json_object">{words.formats.json_object}</option>
            </select>
          </div>
          <Area
            label={words.tools}
            hint={words.toolsHint}
            rows={4}
            text={draft.tools}
            onText={(tools) => onChange({ tools })}
          />
          {draft.tools === '' && (
            <button
              type="button"
              className="btn sm"
              onClick={() => onChange({ tools: JSON.stringify(EXAMPLE, null, 2) })}
            >
              {words.toolsExample}
            </button>
          )}
          <Area
            label={words.stops}
            hint={words.stopsHint}
            rows={2}
            text={draft.stops}
            onText={(stops) => onChange({ stops })}
          />
          <Area
            label={words.extra}
            hint={words.extraHint}
            rows={3}
            text={draft.more}
            onText={(more) => onChange({ more })}
          />
        </div>
      </details>
    </>
  );
}

function Area(props: {
  readonly label: string;
  readonly hint: string;
  readonly rows: number;
  readonly text: string;
  readonly onText: (text: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <textarea
        id={id}
        className="input area mono"
        rows={props.rows}
        spellCheck={false}
        aria-describedby={`${id}hint`}
        value={props.text}
        onChange={(event) => props.onText(event.target.value)}
      />
      <span className="hint" id={`${id}hint`}>
        {props.hint}
      </span>
    </div>
  );
}
