import { type ReactNode, useId, useState } from 'react';
import type { CatalogueModel } from '../../../src/http/api/wire/operator-catalogue.ts';
import type { Channel } from '../../../src/http/api/wire/operator-channels.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Icon } from '../../design/icons.tsx';
import { type Route, routeText } from './routes.ts';
import type { ChannelWords } from './words.en.ts';

interface FieldsProps {
  readonly words: ChannelWords;
  readonly models: Channel['models'];
  /** The form's field with every route, one a line. */
  readonly name: string;
}

interface Row extends Route {
  readonly key: string;
}

/** Which models the channel answers, and what each is called there: a row a model. */
export function RouteFields({ words, models, name }: FieldsProps): ReactNode {
  const { editing } = words;
  const [rows, setRows] = useState<readonly Row[]>(() =>
    models.map(({ model, upstreamModel }) => ({
      key: crypto.randomUUID(),
      model,
      upstreamModel: upstreamModel === model ? '' : upstreamModel,
    })),
  );
  const catalogue = useAnswer<{ rows: CatalogueModel[] }>('/operator/catalogue').data?.rows ?? [];
  const listId = useId();
  const change = (key: string, part: Partial<Route>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <fieldset className="routes">
      <legend className="lbl">{editing.models}</legend>
      <input type="hidden" name={name} value={rows.map(routeText).join('\n')} />
      <datalist id={listId}>
        <option value="*">{words.all}</option>
        {catalogue.map(({ id }) => (
          <option key={id} value={id} />
        ))}
      </datalist>
      {rows.map(({ key, model, upstreamModel }, index) => (
        <div className="row route" key={key}>
          <input
            className="input mono"
            aria-label={editing.routeModel(index + 1)}
            placeholder={editing.routeModelHint}
            list={listId}
            required
            value={model}
            onChange={(event) => change(key, { model: event.target.value })}
          />
          <span className="t3" aria-hidden="true">
            →
          </span>
          <input
            className="input mono"
            aria-label={editing.routeThere(index + 1)}
            placeholder={editing.routeThereHint}
            value={upstreamModel}
            onChange={(event) => change(key, { upstreamModel: event.target.value })}
          />
          <button
            type="button"
            className="ib"
            aria-label={editing.removeRoute(index + 1)}
            disabled={rows.length === 1}
            onClick={() => setRows(rows.filter((row) => row.key !== key))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <button
        type="button"
        className="btn sm"
        onClick={() => setRows([...rows, { key: crypto.randomUUID(), model: '', upstreamModel: '' }])}
      >
        <Icon name="plus" />
        {editing.addRoute}
      </button>
      <span className="hint meta">{editing.modelsHint}</span>
    </fieldset>
  );
}
