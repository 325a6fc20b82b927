import { type ReactNode, useState } from 'react';
import { Confirm } from '../../design/confirm.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { ShownPart } from './shown-part.tsx';
import type { DesignWords } from './words.en.ts';

/** What lies over a page: opened here as anywhere. */
export function Overlays({ words }: { readonly words: DesignWords }): ReactNode {
  const [open, setOpen] = useState<'dialog' | 'confirm' | undefined>();
  const close = () => setOpen(undefined);
  return (
    <ShownPart title={words.overlays} source="dialog.tsx, confirm.tsx">
      <div className="row g3">
        <button type="button" className="btn" onClick={() => setOpen('dialog')}>
          {words.openDialog}
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
