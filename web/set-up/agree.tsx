import { type ReactNode, useId, useState } from 'react';
import { type Addition, type Agreement, connectionOf } from './agreement.ts';
import { ticksPerToken } from './price-text.ts';
import type { SetUpWords } from './words.en.ts';

interface AgreeProps {
  readonly words: SetUpWords;
  readonly agreement: Agreement;
  readonly isNear: boolean;
  readonly onChange: (agreement: Agreement) => void;
}

/** As many as are read at once; of more, the rest is found by its name. */
const SHOWN = 6;

/** What connecting will do, to be read and changed before it is done. */
export function Agree({ words, agreement, isNear, onChange }: AgreeProps): ReactNode {
  const { agree } = words;
  const { routes, additions } = agreement;
  const title = useId();
  const setRoute = (at: number, isChosen: boolean) =>
    onChange({
      ...agreement,
      routes: routes.map((route, place) => (place === at ? { ...route, isChosen } : route)),
    });
  return (
    <section className="agree" aria-labelledby={title}>
      <h2 id={title}>{agree.title}</h2>
      <ul>
        {routes.map(({ model, upstreamModel, isSame, isChosen }, at) => (
          <li key={model}>
            <label className="choice">
              <input
                type="checkbox"
                checked={isChosen}
                onChange={(event) => setRoute(at, event.target.checked)}
              />
              <span className="b5">{model}</span>
              {model !== upstreamModel && <span className="mono t3 ell">{upstreamModel}</span>}
            </label>
            {!isSame && <span className="meta t3 push">{agree.other}</span>}
          </li>
        ))}
      </ul>
      {additions.length > 0 && (
        <Additions words={words} agreement={agreement} isNear={isNear} onChange={onChange} />
      )}
      <label className="field channel-name">
        <span className="lbl">{agree.name}</span>
        <input
          className="input"
          value={agreement.name}
          maxLength={100}
          onChange={(event) => onChange({ ...agreement, name: event.target.value })}
        />
      </label>
      {connectionOf(agreement) === undefined &&
        !routes.some(({ isChosen }) => isChosen) &&
        !additions.some(({ isChosen }) => isChosen) && <p className="meta bad">{agree.nothing}</p>}
    </section>
  );
}

function Additions({ words: { agree }, agreement, isNear, onChange }: AgreeProps): ReactNode {
  const [sought, setSought] = useState('');
  const { additions } = agreement;
  const matching = additions.filter(({ name }) => name.toLowerCase().includes(sought.toLowerCase()));
  const shown = [
    ...matching.filter(({ isChosen }) => isChosen),
    ...matching.filter(({ isChosen }) => !isChosen),
  ].slice(0, Math.max(SHOWN, matching.filter(({ isChosen }) => isChosen).length));
  const chosen = additions.filter(({ isChosen }) => isChosen);
  const change = (changed: Addition) =>
    onChange({
      ...agreement,
      additions: additions.map((addition) => (addition.name === changed.name ? changed : addition)),
    });
  return (
    <>
      <h3>{agree.additions}</h3>
      {additions.length > SHOWN && (
        <input
          className="input"
          type="search"
          aria-label={agree.find(additions.length)}
          placeholder={agree.find(additions.length)}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      )}
      <ul>
        {shown.map((addition) => (
          <AdditionRow key={addition.name} labels={agree} addition={addition} onChange={change} />
        ))}
      </ul>
      {chosen.length > 0 && (
        <p className="meta t3">
          {chosen.some(({ input, output }) => input === '' || output === '') && agree.priceNeeded}
          {isNear && chosen.some(({ input }) => input === '0') && agree.near}{' '}
          {chosen.some(({ isContextKnown }) => !isContextKnown) && agree.contextGuessed}
        </p>
      )}
    </>
  );
}

function AdditionRow({
  labels,
  addition,
  onChange,
}: {
  readonly labels: SetUpWords['agree'];
  readonly addition: Addition;
  readonly onChange: (addition: Addition) => void;
}): ReactNode {
  const figures = [
    { member: 'context', label: labels.context, isWrong: !/^[1-9]\d{0,8}$/.test(addition.context) },
    { member: 'input', label: labels.input, isWrong: ticksPerToken(addition.input) === undefined },
    { member: 'output', label: labels.output, isWrong: ticksPerToken(addition.output) === undefined },
  ] as const;
  return (
    <li className="addition">
      <label className="choice">
        <input
          type="checkbox"
          checked={addition.isChosen}
          onChange={(event) => onChange({ ...addition, isChosen: event.target.checked })}
        />
        <span className="b5 ell">{addition.name}</span>
      </label>
      {addition.isChosen && (
        <div className="figures">
          {figures.map(({ member, label, isWrong }) => (
            <label key={member}>
              <span className="micro">{label}</span>
              <input
                className={isWrong ? 'input num is-err' : 'input num'}
                inputMode="decimal"
                aria-invalid={isWrong}
                value={addition[member]}
                onChange={(event) => onChange({ ...addition, [member]: event.target.value })}
              />
            </label>
          ))}
        </div>
      )}
    </li>
  );
}
