import { type ReactNode, useId } from 'react';
import { Dialog } from './dialog.tsx';

interface FormDialogProps {
  readonly title: string;
  readonly closeLabel: string;
  /** Before the fields: what will come of it. */
  readonly lead?: ReactNode;
  /** Beside the buttons, and read out when it changes. */
  readonly note?: ReactNode;
  /** A button that changes nothing, beside the one that saves. */
  readonly cancel?: string;
  readonly save: string;
  readonly saving: string;
  readonly isBusy: boolean;
  readonly onClose: () => void;
  /** With the fields by their names. */
  readonly onSave: (form: FormData) => unknown;
  readonly children: ReactNode;
}

/** A dialog with one form; Enter in a field does what the last button does. */
export function FormDialog(props: FormDialogProps): ReactNode {
  const { cancel, note, isBusy, onClose, onSave } = props;
  const formId = useId();
  return (
    <Dialog
      title={props.title}
      closeLabel={props.closeLabel}
      onClose={onClose}
      footer={
        <>
          {note !== undefined && (
            <span className="meta t2 grow" aria-live="polite">
              {note}
            </span>
          )}
          {cancel !== undefined && (
            <button type="button" className="btn ghost push" onClick={onClose}>
              {cancel}
            </button>
          )}
          <button
            type="submit"
            form={formId}
            className={cancel === undefined ? 'btn pri push' : 'btn pri'}
            disabled={isBusy}
          >
            {isBusy ? props.saving : props.save}
          </button>
        </>
      }
    >
      {props.lead !== undefined && <p className="t2">{props.lead}</p>}
      <form
        id={formId}
        className="stack g4"
        onSubmit={(event) => {
          event.preventDefault();
          void onSave(new FormData(event.currentTarget));
        }}
      >
        {props.children}
      </form>
    </Dialog>
  );
}
