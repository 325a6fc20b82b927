import type { ReactNode } from 'react';
import type { Trouble } from '../api/use-sending.ts';
import { Dialog } from './dialog.tsx';
import { FormTrouble } from './form-field.tsx';

interface ConfirmProps {
  readonly title: string;
  readonly closeLabel: string;
  /** What will stop, and what stays. */
  readonly text: string;
  readonly keep: string;
  readonly go: string;
  readonly going: string;
  readonly isBusy: boolean;
  readonly trouble: Trouble | undefined;
  readonly onKeep: () => void;
  readonly onGo: () => void;
}

/** Asks before something that stops running programs or cannot be had back. Its buttons say what will be true. */
export function Confirm(props: ConfirmProps): ReactNode {
  const { isBusy, onKeep } = props;
  return (
    <Dialog
      title={props.title}
      closeLabel={props.closeLabel}
      onClose={onKeep}
      footer={
        <>
          <button type="button" className="btn push" onClick={onKeep}>
            {props.keep}
          </button>
          <button type="button" className="btn danger fill" disabled={isBusy} onClick={props.onGo}>
            {isBusy ? props.going : props.go}
          </button>
        </>
      }
    >
      <p>{props.text}</p>
      <FormTrouble trouble={props.trouble} />
    </Dialog>
  );
}
