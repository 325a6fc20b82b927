import { type ReactNode, useId, useState } from 'react';
import type { Channel, ChannelTested } from '../../../src/http/api/wire/operator-channels.ts';
import { ask, Refused } from '../../api/ask.ts';
import { duration } from '../../design/figures.ts';
import type { ChannelWords } from './words.en.ts';

/** One small call, and what came of it in the upstream's own words. */
export function TestChannel(props: { readonly words: ChannelWords; readonly channel: Channel }): ReactNode {
  const { words, channel } = props;
  const { testing } = words;
  const named = channel.models.map(({ model }) => model).filter((model) => model !== '*');
  const [model, setModel] = useState(named[0] ?? 'grok-beta');
  const [prompt, setPrompt] = useState(testing.usual);
  const [isBusy, setIsBusy] = useState(false);
  const [tested, setTested] = useState<ChannelTested | undefined>();
  const [trouble, setTrouble] = useState<string | undefined>();
  const ids = [useId(), useId(), useId()];
  const send = async () => {
    setIsBusy(true);
    setTested(undefined);
    setTrouble(undefined);
    try {
      setTested(await ask<ChannelTested>('POST', `/operator/channels/${channel.id}/test`, { model, prompt }));
    } catch (error) {
      setTrouble(error instanceof Refused && error.message !== '' ? error.message : words.didNotWork);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <form
      className="dialog-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div className="bd">
        <div className="field">
          <label htmlFor={ids[0]}>{testing.model}</label>
          <input
            id={ids[0]}
            className="input mono"
            list={ids[2]}
            value={model}
            required
            onChange={(event) => setModel(event.target.value)}
          />
          <datalist id={ids[2]}>
            {named.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </div>
        <div className="field">
          <label htmlFor={ids[1]}>{testing.prompt}</label>
          <input
            id={ids[1]}
            className="input"
            value={prompt}
            required
            maxLength={2_000}
            onChange={(event) => setPrompt(event.target.value)}
          />
          <span className="hint">{testing.hint}</span>
        </div>
        <div role="status">
          {trouble !== undefined && <p className="bad">{trouble}</p>}
          {tested !== undefined && (
            <div className={tested.ok ? 'banner good' : 'banner bad'}>
              <div className="grow">
                <div className="b5">{tested.ok ? testing.said : testing.failed}</div>
                <div className="mono answer">{tested.answer ?? tested.failure}</div>
                <div className="meta num">
                  {tested.httpStatus !== null && `${tested.httpStatus} · `}
                  {testing.line(duration(tested.durationMs), tested.inputTokens, tested.outputTokens)}
                </div>
              </div>
            </div>
          )}
        </div>
      </div>
      <footer>
        <button type="submit" className="btn pri push" disabled={isBusy}>
          {isBusy ? testing.sending : testing.send}
        </button>
      </footer>
    </form>
  );
}
