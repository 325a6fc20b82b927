import { Fragment, type ReactNode, useId } from 'react';
import { Icon } from './icons.tsx';

export interface RowChoice {
  readonly label: string;
  readonly onChoose: () => void;
  /** It ends something; it stands last and apart. */
  readonly isGrave?: boolean;
}

interface RowMenuProps {
  /** What it is about, for whoever hears it. */
  readonly label: string;
  readonly choices: readonly RowChoice[];
}

/** What can be done with one row; the browser's own popover closes it by Escape and by a press elsewhere. */
export function RowMenu({ label, choices }: RowMenuProps): ReactNode {
  const id = useId();
  const choose = (choice: RowChoice) => {
    document.getElementById(id)?.hidePopover();
    choice.onChoose();
  };
  return (
    <>
      <button type="button" className="ib" aria-label={label} popoverTarget={id}>
        <Icon name="dots" />
      </button>
      <div id={id} popover="auto" className="menu row-menu">
        {choices.map((choice) => (
          <Fragment key={choice.label}>
            {choice.isGrave && <hr />}
            <button
              type="button"
              {...(choice.isGrave && { className: 'bad' })}
              onClick={() => choose(choice)}
            >
              {choice.label}
            </button>
          </Fragment>
        ))}
      </div>
    </>
  );
}
