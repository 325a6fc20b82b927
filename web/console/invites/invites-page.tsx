import type { ReactNode } from 'react';
import type { Registration } from '../../../src/http/api/wire/operator-registration.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import { InvitationSection } from './invitation-section.tsx';
import './invites.css';
import { REGISTRATION_PATH } from './invites-path.ts';
import { RegistrationCost } from './registration-cost.tsx';
import { RegistrationMode } from './registration-mode.tsx';
import type { InvitesWords } from './words.en.ts';

/** `/console/invites`: who may make themselves an account, the most that it costs, and the links that are out. */
export function InvitesPage({ words }: { readonly words: InvitesWords }): ReactNode {
  const registration = useAnswer<Registration>(REGISTRATION_PATH);
  return (
    <div className="page">
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">{words.lead}</p>
        </div>
      </div>
      {registration.isError && (
        <Failed text={words.failed} again={words.again} onAgain={() => void registration.refetch()} />
      )}
      {registration.isPending && <Skeleton label={words.loading} />}
      {registration.data !== undefined && (
        <>
          <RegistrationMode words={words} registration={registration.data} />
          <RegistrationCost words={words} registration={registration.data} />
          <InvitationSection
            words={words}
            isClosed={registration.data.mode === 'closed'}
            hasMail={registration.data.hasMail}
          />
        </>
      )}
    </div>
  );
}
