import { type ReactNode, useState } from 'react';
import type { OwnPasskey } from '../../../src/http/api/wire/passkeys.ts';
import type { Security } from '../../../src/http/api/wire/security.ts';
import { type PasskeyPlace, passkeysHere } from '../../passkeys/passkey-place.ts';
import { AddPasskey } from './add-passkey.tsx';
import { PasskeyTable } from './passkey-table.tsx';
import { RemovePasskey } from './remove-passkey.tsx';
import { RenamePasskey } from './rename-passkey.tsx';
import { SettingRow } from './setting-row.tsx';
import type { SecurityWords } from './words.en.ts';

interface PasskeySectionProps {
  readonly words: SecurityWords;
  readonly security: Security;
  readonly onChanged: () => void;
}

type Open =
  | { readonly kind: 'none' | 'add' }
  | { readonly kind: 'rename' | 'remove'; readonly passkey: OwnPasskey };

const NONE: Open = { kind: 'none' };

/** What somebody signs in with that their devices keep: added, named and removed. */
export function PasskeySection({ words, security, onChanged }: PasskeySectionProps): ReactNode {
  const say = words.passkeys;
  const [open, setOpen] = useState(NONE);
  const [said, setSaid] = useState('');
  const { passkeys } = security;
  const place = passkeysHere(security.passkeyOrigin);
  const close = () => setOpen(NONE);
  const changed = (what: string) => {
    close();
    setSaid(what);
    onChanged();
  };
  return (
    <>
      <SettingRow title={say.title} text={passkeys.length === 0 ? say.none : say.some}>
        {place.kind === 'here' && (
          <button type="button" className="btn" onClick={() => setOpen({ kind: 'add' })}>
            {say.add}
          </button>
        )}
      </SettingRow>
      <WhyNotHere words={words} place={place} />
      <p className="said" role="status">
        {said}
      </p>
      {passkeys.length > 0 && (
        <PasskeyTable
          words={words}
          passkeys={passkeys}
          host={URL.parse(security.passkeyOrigin ?? '')?.hostname}
          onRename={(passkey) => setOpen({ kind: 'rename', passkey })}
          onRemove={(passkey) => setOpen({ kind: 'remove', passkey })}
        />
      )}
      {open.kind === 'add' && (
        <AddPasskey words={words} security={security} onClose={close} onDone={() => changed(say.added)} />
      )}
      {open.kind === 'rename' && (
        <RenamePasskey
          words={words}
          passkey={open.passkey}
          onClose={close}
          onDone={() => changed(say.renamed)}
        />
      )}
      {open.kind === 'remove' && (
        <RemovePasskey
          words={words}
          security={security}
          passkey={open.passkey}
          onClose={close}
          onDone={() => changed(say.removed)}
        />
      )}
    </>
  );
}

/** In the place of a button that could do nothing. */
function WhyNotHere(props: { readonly words: SecurityWords; readonly place: PasskeyPlace }): ReactNode {
  const { place } = props;
  const say = props.words.passkeys.place;
  if (place.kind === 'here') return null;
  return (
    <p className="said">
      {place.kind === 'elsewhere' ? (
        <>
          {say.elsewhere} <a href={`${place.origin}${location.pathname}`}>{place.origin}</a>
        </>
      ) : (
        say[place.kind]
      )}
    </p>
  );
}
