import { type KeyboardEvent, type ReactNode, type ToggleEvent, useId, useRef, useState } from 'react';

/** Between a popup and the edge of the window. */
const MARGIN = 8;

/** What a popup has at least to be of use; where there is less room it opens to the other side. */
const LEAST_HEIGHT = 160;

interface PopupProps {
  readonly label: string;
  readonly button: ReactNode;
  /** What is on the button says what it is. */
  readonly isNamed?: boolean;
  readonly className?: string;
  readonly popupClassName?: string;
  readonly children: (close: () => void) => ReactNode;
}

/**
 * A button and what it opens: beside the button wherever there is room, never beyond the window, on a phone a sheet from
 * below. The browser closes it on Escape and a click elsewhere, and gives the focus back.
 */
export function Popup(props: PopupProps): ReactNode {
  const { label, button, isNamed, className = 'ib', popupClassName, children } = props;
  const id = useId();
  const anchor = useRef<HTMLButtonElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const close = () => popup.current?.hidePopover();
  const onToggle = ({ newState }: ToggleEvent) => {
    if (newState !== 'open' || popup.current === null || anchor.current === null) return;
    place(popup.current, anchor.current.getBoundingClientRect());
    const first = popup.current.querySelector<HTMLElement>('[aria-current=true], button, a, input');
    first?.focus({ preventScroll: false });
  };
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={className}
        {...(!isNamed && { 'aria-label': label })}
        title={label}
        popoverTarget={id}
        aria-expanded={isOpen}
      >
        {button}
      </button>
      <div
        ref={popup}
        id={id}
        className={`menu popup ${popupClassName ?? ''}`}
        popover="auto"
        role="dialog"
        aria-label={label}
        onBeforeToggle={({ newState }) => setOpen(newState === 'open')}
        onToggle={onToggle}
        onKeyDown={moveFocus}
      >
        {isOpen && children(close)}
      </div>
    </>
  );
}

function place(popup: HTMLElement, anchor: DOMRect): void {
  popup.style.maxHeight = '';
  const { width, height } = popup.getBoundingClientRect();
  const below = innerHeight - anchor.bottom - 2 * MARGIN;
  const above = anchor.top - 2 * MARGIN;
  const isBelow = height <= below || below >= Math.max(LEAST_HEIGHT, above);
  const room = Math.max(LEAST_HEIGHT, isBelow ? below : above);
  const left = Math.min(Math.max(MARGIN, anchor.left), Math.max(MARGIN, innerWidth - width - MARGIN));
  popup.style.setProperty('--popup-left', `${left}px`);
  popup.style.setProperty('--popup-room', `${room}px`);
  const shown = Math.min(height, room);
  popup.style.setProperty(
    '--popup-top',
    `${isBelow ? anchor.bottom + 4 : Math.max(MARGIN, anchor.top - shown - 4)}px`,
  );
  popup.classList.add('is-placed');
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.target instanceof HTMLTextAreaElement) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('button, a')];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops.at((at + step + stops.length) % stops.length)?.focus();
  event.preventDefault();
}
