import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { ProbeEvent } from '../../src/http/api/wire/operator-connect.ts';
import { Icon } from '../design/icons.tsx';
import { masked } from './masked.ts';
import { ProbeSteps } from './probe-steps.tsx';
import { found, type Probe } from './use-probe.ts';
import type { SetUpWords } from './words.en.ts';

interface PanelProps {
  readonly words: SetUpWords;
  readonly probe: Probe;
}

/** A place to paste what one has, and below it what was found out; also the inside of the dialog for a new channel. */
export function ConnectPanel({ words, probe }: PanelProps): ReactNode {
  const [text, setText] = useState('');
  const { connect } = words;
  const field = useId();
  const isTried = probe.pasted !== undefined;
  const box = useRef<HTMLDivElement>(null);
  const wasTried = useRef(isTried);
  // What had the focus has gone; what came in its place takes it over.
  useEffect(() => {
    if (wasTried.current !== isTried) box.current?.querySelector<HTMLElement>('textarea, button')?.focus();
    wasTried.current = isTried;
  }, [isTried]);
  const tryIt = (pasted: string) => {
    if (pasted.trim() !== '') probe.start({ pasted });
  };
  return (
    <div className="paste" ref={box}>
      {isTried ? (
        <div className="row paste-shown">
          <div className="ar mono grow">{masked(text || (probe.pasted?.pasted ?? ''))}</div>
          <button type="button" className="btn sm ghost" onClick={probe.clear}>
            {probe.isRunning ? connect.stop : connect.change}
          </button>
        </div>
      ) : (
        <>
          <label className="sr-only" htmlFor={field}>
            {connect.field}
          </label>
          <textarea
            id={field}
            className="ar mono"
            value={text}
            rows={3}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            placeholder={connect.placeholder}
            onChange={(event) => setText(event.target.value)}
            onPaste={(event) => {
              const { value, selectionStart, selectionEnd } = event.currentTarget;
              const pasted = event.clipboardData.getData('text');
              event.preventDefault();
              const whole = value.slice(0, selectionStart) + pasted + value.slice(selectionEnd);
              setText(whole);
              tryIt(whole);
            }}
            onKeyDown={(event) => {
              const isSend =
                event.key === 'Enter' && (event.metaKey || event.ctrlKey || !text.includes('\n'));
              // While a Chinese word is composed, Enter belongs to the input method.
              if (!isSend || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              tryIt(text);
            }}
          />
          {text.trim() !== '' && (
            <div className="found row">
              <button type="button" className="btn sm push" onClick={() => tryIt(text)}>
                {connect.tryIt}
              </button>
            </div>
          )}
        </>
      )}
      {isTried && <Findings words={words} probe={probe} />}
    </div>
  );
}

function Findings({ words, probe }: PanelProps): ReactNode {
  const { connect } = words;
  const unclear = found(probe.events, 'unclear');
  const place = found(probe.events, 'found');
  const done = found(probe.events, 'done');
  return (
    <div className="found" role="status">
      {probe.hasFailed && <p className="bad">{words.failed}</p>}
      {unclear !== undefined && <Unclear words={words} probe={probe} unclear={unclear} />}
      {place !== undefined && (
        <div className="row">
          <span className="b5">{place.label}</span>
          {place.label !== place.baseUrl && <span className="mono t3 ell">{place.baseUrl}</span>}
          {done === undefined ? (
            probe.isRunning && <span className="badge push">{connect.trying}</span>
          ) : (
            <span className={`badge push ${done.answers ? 'good' : 'bad'}`}>
              <Icon name={done.answers ? 'check' : 'closed'} />
              {done.answers ? connect.answers : connect.answersNot}
            </span>
          )}
        </div>
      )}
      {place !== undefined && <ProbeSteps words={words} events={probe.events} isRunning={probe.isRunning} />}
      {done?.answers === false && place !== undefined && <Repeat words={words} probe={probe} />}
    </div>
  );
}

/** A key that may be several providers' goes to none of them until the person says. */
function Unclear({
  words,
  probe,
  unclear,
}: PanelProps & { readonly unclear: Extract<ProbeEvent, { kind: 'unclear' }> }): ReactNode {
  if (unclear.why !== 'which-provider')
    return <p className="bad">{words.unclear[unclear.why] ?? words.unclear['nothing-found']}</p>;
  return (
    <>
      <p className="meta">{words.connect.whoseKey}</p>
      <div className="row wrap" style={{ marginTop: 10 }}>
        {unclear.candidates.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            className="chip"
            onClick={() => probe.pasted && probe.start({ ...probe.pasted, provider: id })}
          >
            {label}
          </button>
        ))}
      </div>
    </>
  );
}

/** What may have been left out: the key of an address, or the name of a model. */
function Repeat({ words: { connect }, probe }: PanelProps): ReactNode {
  const [key, setKey] = useState(probe.pasted?.key ?? '');
  const [model, setModel] = useState(probe.pasted?.model ?? '');
  const ids = [useId(), useId()];
  const listed = found(probe.events, 'models');
  const lacksModel = listed?.failed != null && listed.failed.fault !== 'key-refused';
  return (
    <form
      className="repeat"
      onSubmit={(event) => {
        event.preventDefault();
        if (probe.pasted === undefined) return;
        probe.start({ ...probe.pasted, ...(key !== '' && { key }), ...(model !== '' && { model }) });
      }}
    >
      <div className="field grow">
        <label htmlFor={ids[0]}>{connect.keyBeside}</label>
        <input
          id={ids[0]}
          className="input"
          type="password"
          autoComplete="off"
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
      </div>
      {lacksModel && (
        <div className="field grow">
          <label htmlFor={ids[1]}>{connect.modelBeside}</label>
          <input
            id={ids[1]}
            className="input mono"
            value={model}
            onChange={(event) => setModel(event.target.value)}
          />
        </div>
      )}
      <button type="submit" className="btn">
        {connect.again}
      </button>
    </form>
  );
}
