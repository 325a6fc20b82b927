import type { ReactNode } from 'react';
import { Dialog } from './dialog.tsx';

interface OnceDialogProps {
  readonly title: string;
  readonly closeLabel: string;
  /** That it was put somewhere safe, in the words of whoever did it. */
  readonly taken: string;
  readonly done: string;
  readonly isTaken: boolean;
  readonly onTaken: (isTaken: boolean) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What is shown this once. It closes when it was taken somewhere, or somebody says that it was. */
export function OnceDialog(props: OnceDialogProps): ReactNode {
  const { isTaken, onTaken, onClose } = props;
  return (
    <Dialog
      title={props.title}
      closeLabel={props.closeLabel}
      onClose={onClose}
      isOnceOnly
      footer={
        <>
          <label className="check">
            <input type="checkbox" checked={isTaken} onChange={(event) => onTaken(event.target.checked)} />
            {props.taken}
          </label>
          <button type="button" className="btn pri push" disabled={!isTaken} onClick={onClose}>
            {props.done}
          </button>
        </>
      }
    >
      {props.children}
    </Dialog>
  );
}
