import type { ReactNode } from 'react';
import type { Key } from '../../../src/http/api/wire/keys.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { Dialog } from '../../design/dialog.tsx';
import { FormTrouble } from '../../design/form-field.tsx';
import { useLanguage } from '../../shell/language.ts';
import { distanceText } from '../../shell/moments.ts';
import { usePerson } from '../../shell/person.tsx';
import type { KeysWords } from './words.en.ts';

interface RevokeProps {
  readonly words: KeysWords;
  readonly revoked: Key;
  readonly onKeep: () => void;
  readonly onRevoked: () => void;
}

/** Revoking stops running programs, so it asks, and says when the key was last used. */
export function RevokeKey({ words, revoked, onKeep, onRevoked }: RevokeProps): ReactNode {
  const { revoking } = words;
  const { team } = usePerson();
  const language = useLanguage();
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const revoke = async () => {
    if (await send(() => ask('POST', `/teams/${team.id}/keys/${revoked.id}/revoke`))) onRevoked();
  };
  const { lastUsedAtMs } = revoked;
  return (
    <Dialog
      title={revoking.title(revoked.name)}
      closeLabel={words.close}
      onClose={onKeep}
      footer={
        <>
          <button type="button" className="btn push" onClick={onKeep}>
            {words.keep}
          </button>
          <button type="button" className="btn danger fill" disabled={isBusy} onClick={() => void revoke()}>
            {isBusy ? revoking.going : revoking.go}
          </button>
        </>
      }
    >
      <p>
        <span className="mono">{revoked.redacted}</span>{' '}
        <b className="b5">
          {lastUsedAtMs === null ? revoking.unused : revoking.used(distanceText(lastUsedAtMs, language))}
        </b>
      </p>
      <p className="t2">{revoking.text}</p>
      <FormTrouble trouble={trouble} />
    </Dialog>
  );
}
