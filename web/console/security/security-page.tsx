import type { ReactNode } from 'react';
import type { Security } from '../../../src/http/api/wire/security.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import { PasskeySection } from './passkey-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { SecondFactorSection } from './second-factor-section.tsx';
import './security.css';
import { SessionsSection } from './sessions-section.tsx';
import type { SecurityWords } from './words.en.ts';

/** `/console/security`: how somebody signs in, and where they are signed in. */
export function SecurityPage({ words }: { readonly words: SecurityWords }): ReactNode {
  const { data, error, refetch } = useAnswer<Security>('/me/security');
  const reload = () => void refetch();
  return (
    <div className="page">
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">{words.lead}</p>
        </div>
      </div>
      {data === undefined && error === null && <Skeleton label={words.loading} />}
      {error !== null && <Failed text={words.failed} again={words.again} onAgain={reload} />}
      {data !== undefined && (
        <>
          <PasswordSection words={words} hasPassword={data.hasPassword} onChanged={reload} />
          <PasskeySection words={words} security={data} onChanged={reload} />
          <SecondFactorSection
            words={words}
            isOn={data.isTwoFactorOn}
            hasPassword={data.hasPassword}
            onChanged={reload}
          />
          <SessionsSection words={words} sessions={data.sessions} onChanged={reload} />
        </>
      )}
    </div>
  );
}
