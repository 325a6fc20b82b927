import type { ReactNode } from 'react';
import type { PersonDetail } from '../../../src/http/api/wire/operator-people.ts';
import { ask } from '../../api/ask.ts';
import { useSending } from '../../api/use-sending.ts';
import { Confirm } from '../../design/confirm.tsx';
import type { PeopleWords } from './words.en.ts';

/** What is taken from how a person signs in. */
type Ending =
  | { readonly kind: 'second' | 'sessions' }
  | { readonly kind: 'passkey'; readonly id: string; readonly name: string };

/** What an operator is asked about before it is done. */
export type Asking = { readonly kind: 'password' } | Ending;

interface ChangeProps {
  readonly words: PeopleWords;
  readonly person: PersonDetail;
  readonly change: Ending;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Says what will be over, and then ends it. */
export function SignInChange({ words, person, change, onClose, onDone }: ChangeProps): ReactNode {
  const { isBusy, trouble, send } = useSending(words.didNotWork);
  const end = async () => {
    const path = `/operator/people/${encodeURIComponent(person.id)}/${placeOf(change)}`;
    if (await send(() => ask('DELETE', path))) onDone();
  };
  return (
    <Confirm
      {...questionOf(words, person, change)}
      closeLabel={words.close}
      isBusy={isBusy}
      trouble={trouble}
      onKeep={onClose}
      onGo={() => void end()}
    />
  );
}

function placeOf(change: Ending): string {
  if (change.kind === 'passkey') return `passkeys/${encodeURIComponent(change.id)}`;
  return change.kind === 'second' ? 'second-factor' : 'sessions';
}

function questionOf({ signIn }: PeopleWords, { name }: PersonDetail, change: Ending) {
  const { second, passkeys, sessions } = signIn;
  switch (change.kind) {
    case 'second':
      return {
        ...{ title: second.askTitle(name), text: second.ask },
        ...{ keep: second.keep, go: second.turnOff, going: second.going },
      };
    case 'passkey':
      return {
        ...{ title: passkeys.askTitle(change.name), text: passkeys.ask },
        ...{ keep: passkeys.keep, go: passkeys.remove, going: passkeys.going },
      };
    case 'sessions':
      return {
        ...{ title: sessions.askTitle(name), text: sessions.ask },
        ...{ keep: sessions.keep, go: sessions.end, going: sessions.going },
      };
  }
}
