import { type ReactNode, useState } from 'react';
import { send } from '../../api/send-auth.ts';
import { PasswordDialog } from './password-dialog.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SetUpSecondFactor } from './set-up-second-factor.tsx';
import { SettingRow } from './setting-row.tsx';
import type { SecurityWords } from './words.en.ts';

interface SecondFactorSectionProps {
  readonly words: SecurityWords;
  readonly isOn: boolean;
  readonly hasPassword: boolean;
  readonly onChanged: () => void;
}

/** The code of an app after the password: on, off, and codes for a lost phone. */
export function SecondFactorSection(props: SecondFactorSectionProps): ReactNode {
  const { words, isOn, hasPassword, onChanged } = props;
  const { second } = words;
  const [open, setOpen] = useState<'none' | 'on' | 'off' | 'codes'>('none');
  const [codes, setCodes] = useState<readonly string[] | undefined>();
  const close = () => setOpen('none');
  return (
    <>
      <SettingRow title={second.title} text={isOn ? second.on : second.off}>
        {isOn ? (
          <>
            <button type="button" className="btn" onClick={() => setOpen('codes')}>
              {second.newCodes}
            </button>
            <button type="button" className="btn danger" onClick={() => setOpen('off')}>
              {second.turnOff}
            </button>
          </>
        ) : (
          <button type="button" className="btn" onClick={() => setOpen('on')}>
            {second.turnOn}
          </button>
        )}
      </SettingRow>
      {open === 'on' && (
        <SetUpSecondFactor
          words={words}
          hasPassword={hasPassword}
          onClose={close}
          onDone={(made) => {
            close();
            setCodes(made);
            onChanged();
          }}
        />
      )}
      {open === 'off' && (
        <PasswordDialog
          words={words}
          title={second.offTitle}
          text={second.offText}
          go={second.offGo}
          isDangerous
          hasPassword={hasPassword}
          onClose={close}
          onGo={async (password) => {
            await send('/two-factor/disable', password);
            close();
            onChanged();
          }}
        />
      )}
      {open === 'codes' && (
        <PasswordDialog
          words={words}
          title={second.newTitle}
          text={second.newText}
          go={second.newGo}
          hasPassword={hasPassword}
          onClose={close}
          onGo={async (password) => {
            const made = await send<{ backupCodes: readonly string[] }>(
              '/two-factor/generate-backup-codes',
              password,
            );
            close();
            setCodes(made.backupCodes);
          }}
        />
      )}
      {codes !== undefined && (
        <RecoveryCodes words={words} codes={codes} onKept={() => setCodes(undefined)} />
      )}
    </>
  );
}
