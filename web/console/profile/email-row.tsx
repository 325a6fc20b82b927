import { type ReactNode, useState } from 'react';
import { send } from '../../api/send-auth.ts';
import { useAuthSending } from '../../api/use-auth-sending.ts';
import { FormTrouble } from '../../design/form-field.tsx';
import { useWays } from '../../sign-in/use-ways.ts';
import { SettingRow } from '../security/setting-row.tsx';
import { ChangeEmail } from './change-email.tsx';
import type { ProfileWords } from './words.en.ts';

interface EmailRowProps {
  readonly words: ProfileWords;
  readonly email: string;
  readonly isConfirmed: boolean;
  readonly hasPassword: boolean;
}

/** The address: confirmed by a letter to it, and changed by a letter to the new one. */
export function EmailRow({ words, email, isConfirmed, hasPassword }: EmailRowProps): ReactNode {
  const say = words.email;
  const ways = useWays();
  const { isBusy, trouble, send: attempt } = useAuthSending(say.troubles);
  const [said, setSaid] = useState('');
  const [isChanging, setChanging] = useState(false);
  const tell = (text: string) => setSaid(ways?.mail === 'folder' ? text + say.byFolder : text);
  const confirm = async () => {
    if (await attempt(() => send('/mail/confirm', {}))) tell(say.confirmSent);
  };
  return (
    <>
      <SettingRow title={say.title} text={isConfirmed ? say.confirmed(email) : say.unconfirmed(email)}>
        {!isConfirmed && (
          <button type="button" className="btn" disabled={isBusy} onClick={() => void confirm()}>
            {say.confirm}
          </button>
        )}
        <button type="button" className="btn" onClick={() => setChanging(true)}>
          {say.change}
        </button>
      </SettingRow>
      <p className="said" role="status">
        {said}
      </p>
      <FormTrouble trouble={trouble} />
      {isChanging && (
        <ChangeEmail
          words={words}
          hasPassword={hasPassword}
          onClose={() => setChanging(false)}
          onSent={(newEmail) => {
            setChanging(false);
            tell(say.changeSent(newEmail));
          }}
        />
      )}
    </>
  );
}
