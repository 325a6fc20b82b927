import type { ReactNode } from 'react';
import type { PersonSignIn } from '../../../src/http/api/wire/person-sign-in.ts';
import { useLanguage } from '../../shell/language.ts';
import { dateText, momentText } from '../../shell/moments.ts';
import type { Asking } from './sign-in-change.tsx';
import type { PeopleWords } from './words.en.ts';

interface RowsProps {
  readonly words: PeopleWords;
  readonly signIn: PersonSignIn;
  /** Absent for whom this operator may only look at. */
  readonly onAsk: ((what: Asking) => void) | undefined;
}

/** Each way in with its state, and one thing that can be done about it. */
export function SignInRows({ words, signIn, onAsk }: RowsProps): ReactNode {
  const { password, second, providers, passkeys, sessions } = words.signIn;
  const language = useLanguage();
  const { open, lastSignedInAtMs } = signIn.sessions;
  return (
    <ul className="ways-in">
      <WayIn
        title={password.title}
        state={signIn.hasPassword ? password.is : password.isNot}
        action={signIn.hasPassword ? password.replace : password.give}
        onAct={onAsk && (() => onAsk({ kind: 'password' }))}
      />
      <WayIn
        title={second.title}
        state={signIn.isTwoFactorOn ? second.on : second.off}
        action={second.turnOff}
        onAct={signIn.isTwoFactorOn ? onAsk && (() => onAsk({ kind: 'second' })) : undefined}
      />
      {signIn.providers.length > 0 && (
        <WayIn title={providers.title} state={providers.are(signIn.providers.join(providers.and))} />
      )}
      <WayIn
        title={passkeys.title}
        state={signIn.passkeys.length === 0 ? passkeys.none : passkeys.some(signIn.passkeys.length)}
      />
      {signIn.passkeys.map(({ id, name, host, createdAtMs, lastUsedAtMs }) => (
        <WayIn
          key={id}
          isPart
          title={name}
          state={[
            passkeys.madeFor(host),
            passkeys.made(dateText(createdAtMs, language)),
            lastUsedAtMs === null ? passkeys.unused : passkeys.used(momentText(lastUsedAtMs, language)),
          ].join(' · ')}
          action={passkeys.remove}
          actionLabel={passkeys.removeLabel(name)}
          onAct={onAsk && (() => onAsk({ kind: 'passkey', id, name }))}
        />
      ))}
      <WayIn
        title={sessions.title}
        state={
          open === 0 || lastSignedInAtMs === null
            ? sessions.none
            : sessions.some(open, momentText(lastSignedInAtMs, language))
        }
        action={sessions.end}
        onAct={open > 0 ? onAsk && (() => onAsk({ kind: 'sessions' })) : undefined}
      />
    </ul>
  );
}

function WayIn(props: {
  readonly title: string;
  readonly state: string;
  /** One of those that the row above counts. */
  readonly isPart?: boolean;
  readonly action?: string;
  /** What the action is called where its words alone do not say about what it is. */
  readonly actionLabel?: string;
  readonly onAct?: (() => void) | undefined;
}): ReactNode {
  const { title, state, isPart, action, actionLabel, onAct } = props;
  return (
    <li className={isPart ? 'part' : ''}>
      <div className="grow">
        <div className="b5 name">{title}</div>
        <p className="meta">{state}</p>
      </div>
      {onAct !== undefined && (
        <button
          type="button"
          className="btn sm"
          {...(actionLabel !== undefined && { 'aria-label': actionLabel })}
          onClick={onAct}
        >
          {action}
        </button>
      )}
    </li>
  );
}
