import { type ReactNode, useState } from 'react';
import { Confirm } from '../../design/confirm.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { FormDialog } from '../../design/form-dialog.tsx';
import { FormField } from '../../design/form-field.tsx';
import { OnceDialog } from '../../design/once-dialog.tsx';
import { ShownPart } from './shown-part.tsx';
import type { DesignWords } from './words.en.ts';

/** What lies over a page: opened here as anywhere. */
export function Overlays({ words }: { readonly words: DesignWords }): ReactNode {
  const [open, setOpen] = useState<'dialog' | 'form' | 'once' | 'confirm' | undefined>();
  const [isTaken, setIsTaken] = useState(false);
  const close = () => setOpen(undefined);
  return (
    <ShownPart title={words.overlays} source="dialog.tsx, form-dialog.tsx, once-dialog.tsx, confirm.tsx">
      <div className="row g3">
        <button type="button" className="btn" onClick={() => setOpen('dialog')}>
          {words.openDialog}
        </button>
        <button type="button" className="btn" onClick={() => setOpen('form')}>
          {words.openForm}
        </button>
        <button type="button" className="btn" onClick={() => setOpen('once')}>
          {words.openOnce}
        </button>
        <button type="button" className="btn danger" onClick={() => setOpen('confirm')}>
          {words.openConfirm}
        </button>
      </div>
      {open === 'dialog' && (
        <Dialog
          title={words.openDialog}
          closeLabel={words.close}
          onClose={close}
          footer={
            <button type="button" className="btn pri push" onClick={close}>
              {words.button}
            </button>
          }
        >
          <p>{words.sentence}</p>
        </Dialog>
      )}
      {open === 'form' && (
        <FormDialog
          title={words.openForm}
          closeLabel={words.close}
          lead={words.sentence}
          cancel={words.confirm.keep}
          save={words.button}
          saving={words.busy}
          isBusy={false}
          onClose={close}
          onSave={close}
        >
          <FormField name="name" label={words.field} hint={words.hint} trouble={undefined}>
            {(control) => <input {...control} className="input" autoComplete="off" />}
          </FormField>
        </FormDialog>
      )}
      {open === 'once' && (
        <OnceDialog
          title={words.openOnce}
          closeLabel={words.close}
          taken={words.taken}
          done={words.close}
          isTaken={isTaken}
          onTaken={setIsTaken}
          onClose={close}
        >
          <p>{words.sentence}</p>
        </OnceDialog>
      )}
      {open === 'confirm' && (
        <Confirm
          title={words.confirm.title}
          text={words.confirm.text}
          keep={words.confirm.keep}
          go={words.revoke}
          going={words.busy}
          closeLabel={words.close}
          isBusy={false}
          trouble={undefined}
          onKeep={close}
          onGo={close}
        />
      )}
    </ShownPart>
  );
}
