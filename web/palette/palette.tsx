import { type KeyboardEvent, type ReactNode, useDeferredValue, useEffect, useId, useState } from 'react';
import { Icon } from '../design/icons.tsx';
import { useModal } from '../design/use-modal.ts';
import type { ShellWords } from '../shell/words.en.ts';
import './palette.css';
import { type Offer, rankOffers } from './rank-offers.ts';
import { useOffers } from './use-offers.ts';
import type { PaletteWords } from './words.en.ts';

interface PaletteProps {
  readonly words: {
    readonly own: PaletteWords;
    readonly shell: ShellWords;
    /** Pages are found by their English names too, which many know from elsewhere. */
    readonly english: ShellWords;
  };
  readonly onClose: () => void;
}

/** One field that leads everywhere: written into, walked with the arrows, gone through with Enter. */
export function Palette({ words: { own, shell, english }, onClose }: PaletteProps): ReactNode {
  const [text, setText] = useState('');
  const [chosen, choose] = useState(0);
  const offers = rankOffers(useOffers(shell.nav, english.nav, own, useDeferredValue(text)), text);
  const at = Math.min(chosen, offers.length - 1);
  const id = useId();
  const dialog = useModal('input');
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  const go = (offer: Offer | undefined) => {
    if (offer === undefined) return;
    // Closing gives the focus back, so it comes before the page that is gone to takes it.
    dialog.current?.close();
    offer.go();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // An input method has its own use for these keys.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) choose((at + step + offers.length) % Math.max(1, offers.length));
    else if (event.key === 'Enter') go(offers[at]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      className="dialog modal palette"
      aria-label={own.title}
      closedby="any"
      onClose={onClose}
    >
      <div className="palette-field">
        <Icon name="find" />
        <input
          role="combobox"
          aria-label={own.field}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={offers.length > 0 ? `${id}-${at}` : undefined}
          aria-autocomplete="list"
          placeholder={own.field}
          value={text}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setText(event.currentTarget.value);
            choose(0);
          }}
          onKeyDown={onKeyDown}
        />
        <button type="button" className="ib" aria-label={own.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <Results offers={offers} at={at} id={id} words={own} onGo={go} />
      <p className={offers.length === 0 ? 'meta t2 palette-none' : 'sr-only'} role="status">
        {offers.length === 0 ? own.nothing(text.trim()) : text.trim() !== '' && own.found(offers.length)}
      </p>
    </dialog>
  );
}

function Results(props: {
  readonly offers: readonly Offer[];
  readonly at: number;
  readonly id: string;
  readonly words: PaletteWords;
  readonly onGo: (offer: Offer) => void;
}): ReactNode {
  const { offers, at, id, words, onGo } = props;
  const groups = [...new Set(offers.map(({ group }) => group))];
  return (
    <div className="palette-list" role="listbox" id={`${id}-list`} aria-label={words.results}>
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of options
        <div role="group" aria-label={words.groups[group]} key={group}>
          <div className="micro" aria-hidden="true">
            {words.groups[group]}
          </div>
          {offers.map(
            (offer, place) =>
              offer.group === group && (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
                <div
                  role="option"
                  tabIndex={-1}
                  key={offer.id}
                  id={`${id}-${place}`}
                  aria-selected={place === at}
                  onClick={() => onGo(offer)}
                >
                  <Icon name={offer.icon} />
                  <span className="ell">{offer.label}</span>
                  {offer.hint !== undefined && <span className="meta t3 ell push">{offer.hint}</span>}
                </div>
              ),
          )}
        </div>
      ))}
    </div>
  );
}
