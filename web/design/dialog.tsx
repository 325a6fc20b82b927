import { type ReactNode, useId } from 'react';
import { Icon } from './icons.tsx';
import { useModal } from './use-modal.ts';

interface DialogProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** The buttons, the one that goes on last. */
  readonly footer?: ReactNode;
  /** What is shown here is shown once: Escape and a click beside it do not close. */
  readonly isOnceOnly?: boolean;
}

/** The keyboard begins with what is asked for, else with the button that changes nothing; never with the way out. */
const FIRST = '.bd :is(input, select, textarea, button), footer button';

/** A modal dialog: the browser keeps the focus inside and gives it back. On a phone it is a sheet from below. */
export function Dialog({ title, closeLabel, onClose, children, footer, isOnceOnly }: DialogProps): ReactNode {
  const element = useModal(FIRST);
  const titleId = useId();
  return (
    <dialog
      ref={element}
      className="dialog modal"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        if (!isOnceOnly) onClose();
      }}
    >
      <header>
        <h2 id={titleId}>{title}</h2>
        {!isOnceOnly && (
          <button type="button" className="ib" aria-label={closeLabel} onClick={onClose}>
            <Icon name="close" />
          </button>
        )}
      </header>
      <div className="bd">{children}</div>
      {footer !== undefined && <footer>{footer}</footer>}
    </dialog>
  );
}
