import { type FormEvent, lazy, type ReactNode, Suspense, useId, useState } from 'react';
import { send } from '../../api/send-auth.ts';
import { useAuthSending } from '../../api/use-auth-sending.ts';
import { Dialog } from '../../design/dialog.tsx';
import { FormTrouble } from '../../design/form-field.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import type { SecurityWords } from './words.en.ts';

const QrCode = lazy(async () => ({ default: (await import('./qr-code.tsx')).QrCode }));

interface Begun {
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
}

interface SetUpSecondFactorProps {
  readonly words: SecurityWords;
  readonly hasPassword: boolean;
  readonly onClose: () => void;
  readonly onDone: (recoveryCodes: readonly string[]) => void;
}

/** First the password, then the app: it is on when a first code of it was right. */
export function SetUpSecondFactor(props: SetUpSecondFactorProps): ReactNode {
  const { words, hasPassword, onClose, onDone } = props;
  const { second } = words;
  const form = useId();
  const [begun, setBegun] = useState<Begun | undefined>();
  const { isBusy, trouble, send: attempt } = useAuthSending(words.troubles);
  if (begun === undefined)
    return (
      <PasswordDialog
        words={words}
        title={second.title}
        text={hasPassword ? second.confirmFirst : second.confirmNoPassword}
        go={second.next}
        hasPassword={hasPassword}
        onClose={onClose}
        onGo={async (proof) => setBegun(await send<Begun>('/two-factor/enable', proof))}
      />
    );

  const verify = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code')).replace(/\s/g, '');
    if (await attempt(() => send('/two-factor/verify-totp', { code }))) onDone(begun.backupCodes);
  };
  const secret = new URL(begun.totpURI).searchParams.get('secret') ?? '';
  return (
    <Dialog
      title={second.title}
      closeLabel={words.close}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn push" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" form={form} className="btn pri" disabled={isBusy}>
            {isBusy ? second.busy : second.verify}
          </button>
        </>
      }
    >
      <form id={form} className="stack g4" onSubmit={(event) => void verify(event)}>
        <p>{second.scan}</p>
        <Suspense fallback={<div className="qr" />}>
          <QrCode text={begun.totpURI} label={second.qr} />
        </Suspense>
        <p className="meta">
          {second.byHand} <code className="by-hand">{secret.match(/.{1,4}/g)?.join(' ')}</code>
        </p>
        <div className="field">
          <label htmlFor={`${form}code`}>{second.code}</label>
          <input
            id={`${form}code`}
            className="input"
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="\s*\d{3}\s?\d{3}\s*"
            title={second.codeShape}
            placeholder="123456"
            required
          />
        </div>
        <FormTrouble trouble={trouble} />
      </form>
    </Dialog>
  );
}
