import { type ReactNode, useState } from 'react';
import { send } from '../../api/send-auth.ts';
import { useAuthSending } from '../../api/use-auth-sending.ts';
import { FormTrouble } from '../../design/form-field.tsx';
import { usePerson } from '../../shell/person.tsx';
import { ChangePassword } from './change-password.tsx';
import { SettingRow } from './setting-row.tsx';
import type { SecurityWords } from './words.en.ts';

interface PasswordSectionProps {
  readonly words: SecurityWords;
  readonly hasPassword: boolean;
  readonly onChanged: () => void;
}

/** A password is changed here; whoever has none is sent a link, which shows that the address is theirs. */
export function PasswordSection({ words, hasPassword, onChanged }: PasswordSectionProps): ReactNode {
  const { me } = usePerson();
  const [isChanging, setChanging] = useState(false);
  const [said, setSaid] = useState('');
  const sending = useAuthSending(words.troubles);
  const askLink = async () => {
    if (await sending.send(() => send('/mail/forgot', { email: me.email }))) setSaid(words.password.linkSent);
  };
  return (
    <>
      <SettingRow title={words.password.title} text={hasPassword ? words.password.is : words.password.isNot}>
        {hasPassword ? (
          <button type="button" className="btn" onClick={() => setChanging(true)}>
            {words.password.change}
          </button>
        ) : (
          <button type="button" className="btn" disabled={sending.isBusy} onClick={() => void askLink()}>
            {words.password.askLink}
          </button>
        )}
      </SettingRow>
      <p className="said" role="status">
        {said}
      </p>
      <FormTrouble trouble={sending.trouble} />
      {isChanging && (
        <ChangePassword
          words={words}
          onClose={() => setChanging(false)}
          onDone={() => {
            setChanging(false);
            setSaid(words.password.done);
            onChanged();
          }}
        />
      )}
    </>
  );
}
