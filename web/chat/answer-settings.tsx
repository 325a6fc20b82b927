import { type ReactNode, useState } from 'react';
import { ChatIcon } from './chat-icons.tsx';
import { Popup } from './popup.tsx';
import type { ChatWords } from './words.en.ts';

/** How a conversation is answered. */
export interface AnswerSettings {
  readonly systemText: string;
  /** Null: as each model has it. */
  readonly temperature: number | null;
}

export const USUAL_SETTINGS: AnswerSettings = { systemText: '', temperature: null };

const MIDDLE = 1;

/** Opens to what models are told first, and to how freely they choose their words. */
export function AnswerSettingsButton(props: {
  readonly settings: AnswerSettings;
  readonly onChange: (settings: AnswerSettings) => void;
  readonly words: ChatWords;
}): ReactNode {
  const { settings, onChange, words } = props;
  const isUsual = settings.systemText === '' && settings.temperature === null;
  return (
    <Popup
      label={words.settings.open}
      button={<ChatIcon name="settings" />}
      className={isUsual ? 'ib' : 'ib acc'}
      popupClassName="settings-popup"
    >
      {(close) => (
        <SettingsForm
          settings={settings}
          words={words}
          onDone={(changed) => {
            onChange(changed);
            close();
          }}
        />
      )}
    </Popup>
  );
}

function SettingsForm(props: {
  readonly settings: AnswerSettings;
  readonly onDone: (settings: AnswerSettings) => void;
  readonly words: ChatWords;
}): ReactNode {
  const { onDone } = props;
  const words = props.words.settings;
  const [systemText, setSystemText] = useState(props.settings.systemText);
  const [temperature, setTemperature] = useState(props.settings.temperature);
  return (
    <form
      className="stack g4"
      onSubmit={(event) => {
        event.preventDefault();
        onDone({ systemText: systemText.trim(), temperature });
      }}
    >
      <h2>{words.title}</h2>
      <label className="field">
        <span className="lbl">{words.system}</span>
        <textarea
          className="input area"
          rows={4}
          maxLength={20_000}
          placeholder={words.systemExample}
          value={systemText}
          onChange={(event) => setSystemText(event.currentTarget.value)}
        />
        <span className="hint">{words.systemHint}</span>
      </label>
      <div className="field">
        <label className="row between" htmlFor="chat-temperature">
          <span className="lbl">{words.temperature}</span>
          <span className="num t2">{temperature === null ? words.asModel : temperature.toFixed(1)}</span>
        </label>
        <input
          id="chat-temperature"
          type="range"
          min={0}
          max={2}
          step={0.1}
          value={temperature ?? MIDDLE}
          className={temperature === null ? 'is-usual' : ''}
          onChange={(event) => setTemperature(Number(event.currentTarget.value))}
        />
        <span className="hint">{words.temperatureHint}</span>
      </div>
      <div className="row between">
        <button
          type="button"
          className="btn ghost sm"
          onClick={() => {
            setSystemText('');
            setTemperature(null);
          }}
        >
          {words.usual}
        </button>
        <button type="submit" className="btn pri sm">
          {words.keep}
        </button>
      </div>
    </form>
  );
}
