import { type ReactNode, useId, useState } from 'react';
import type { Channel } from '../../../src/http/api/wire/operator-channels.ts';
import { ask, Refused } from '../../api/ask.ts';
import { RouteFields } from './route-fields.tsx';
import type { ChannelWords } from './words.en.ts';

interface EditProps {
  readonly words: ChannelWords;
  readonly channel: Channel;
  readonly onDone: () => void;
}

/** Everything of a channel that can be changed. Its key is never shown, only replaced. */
export function EditChannel({ words, channel, onDone }: EditProps): ReactNode {
  const { editing } = words;
  const [isBusy, setIsBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | undefined>();
  const hasAddress = channel.kind === 'openai-compatible';
  const id = useId();
  const save = async (form: FormData) => {
    const text = (name: string) => String(form.get(name) ?? '').trim();
    setIsBusy(true);
    setTrouble(undefined);
    try {
      await ask('PATCH', `/operator/channels/${channel.id}`, {
        name: text('name'),
        models: text('models')
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
        inputModalities: form.get('images') === null ? ['text'] : ['text', 'image'],
        contextTokens: text('context') === '' ? null : Number(text('context')),
        priority: Number(text('priority')),
        ...(hasAddress && { address: text('address') }),
        ...(text('key') !== '' && { key: text('key') }),
      });
      onDone();
    } catch (error) {
      setTrouble(error instanceof Refused && error.message !== '' ? error.message : words.didNotWork);
      setIsBusy(false);
    }
  };
  const field = (name: string, label: string, control: ReactNode, hint?: string) => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      {control}
      {hint !== undefined && <span className="hint">{hint}</span>}
    </div>
  );
  const input = (name: string, value: string, more: object = {}) => (
    <input id={`${id}-${name}`} name={name} className="input" defaultValue={value} {...more} />
  );
  return (
    <form
      className="dialog-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save(new FormData(event.currentTarget));
      }}
    >
      <div className="bd">
        {field('name', editing.name, input('name', channel.name, { required: true, maxLength: 100 }))}
        {hasAddress &&
          field('address', editing.address, input('address', channel.baseUrl, { required: true }))}
        {hasAddress &&
          field(
            'key',
            editing.key,
            input('key', '', { type: 'password', autoComplete: 'off' }),
            channel.hasKey ? editing.keyKept : editing.keyNone,
          )}
        <RouteFields words={words} models={channel.models} name="models" />
        {field(
          'context',
          editing.context,
          input('context', String(channel.contextTokens ?? ''), { inputMode: 'numeric', pattern: '[0-9]*' }),
          editing.contextHint,
        )}
        {field(
          'priority',
          editing.priority,
          input('priority', String(channel.priority), { type: 'number', min: 0, max: 1_000, required: true }),
          editing.priorityHint,
        )}
        <label className="row">
          <input type="checkbox" name="images" defaultChecked={channel.inputModalities.includes('image')} />
          {editing.images}
        </label>
        {trouble !== undefined && (
          <p className="bad" role="alert">
            {trouble}
          </p>
        )}
      </div>
      <footer>
        <button type="submit" className="btn pri push" disabled={isBusy}>
          {isBusy ? editing.saving : editing.save}
        </button>
      </footer>
    </form>
  );
}
