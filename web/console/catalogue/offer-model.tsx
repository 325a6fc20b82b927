import { type ReactNode, useState } from 'react';
import type { CatalogueModel } from '../../../src/http/api/wire/operator-catalogue.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { Confirm } from '../../design/confirm.tsx';
import { FormTrouble } from '../../design/form-field.tsx';
import { modelPath } from './catalogue-path.ts';
import type { CatalogueWords } from './words.en.ts';

interface OfferProps {
  readonly words: CatalogueWords;
  readonly model: CatalogueModel;
  readonly onChanged: () => void;
  readonly onRemoved: () => void;
}

/** Offers a model or hides it, or takes it out. Hiding stops programs that call it, so it asks. */
export function OfferModel({ words, model, onChanged, onRemoved }: OfferProps): ReactNode {
  const { hiding, removing } = words;
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const [asking, setAsking] = useState<'hide' | 'remove' | undefined>();
  const path = modelPath(model.id);
  const offer = async (enabled: boolean) => {
    if (!(await send(() => ask('PATCH', path, { enabled })))) return;
    setAsking(undefined);
    onChanged();
  };
  const remove = async () => {
    if (await send(() => ask('DELETE', path))) onRemoved();
  };
  const confirm = { closeLabel: words.close, isBusy, trouble, onKeep: () => setAsking(undefined) };
  return (
    <>
      {asking === undefined && <FormTrouble trouble={trouble} />}
      <button type="button" className="btn ghost" onClick={() => setAsking('remove')}>
        {removing.action}
      </button>
      {model.enabled ? (
        <button type="button" className="btn" onClick={() => setAsking('hide')}>
          {hiding.action}
        </button>
      ) : (
        <button type="button" className="btn pri" disabled={isBusy} onClick={() => void offer(true)}>
          {isBusy ? hiding.offering : hiding.offer}
        </button>
      )}
      {asking === 'hide' && (
        <Confirm
          {...confirm}
          title={hiding.title(model.id)}
          text={hiding.text}
          keep={hiding.keep}
          go={hiding.go}
          going={hiding.going}
          onGo={() => void offer(false)}
        />
      )}
      {asking === 'remove' && (
        <Confirm
          {...confirm}
          title={removing.title(model.id)}
          text={removing.text}
          keep={removing.keep}
          go={removing.go}
          going={removing.going}
          onGo={() => void remove()}
        />
      )}
    </>
  );
}
