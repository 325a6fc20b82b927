import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Home } from '../../../src/http/api/wire/home.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Icon } from '../../design/icons.tsx';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import { useLanguage } from '../../shell/language.ts';
import { dayText } from '../../shell/moments.ts';
import { usePerson } from '../../shell/person.tsx';
import { BaseUrl } from './base-url.tsx';
import { CrossedAlerts } from './crossed-alerts.tsx';
import { Figures } from './figures-band.tsx';
import './home.css';
import { LastDays } from './last-days.tsx';
import { LatestRequests } from './latest-requests.tsx';
import { LimitsLeft } from './limits-left.tsx';
import type { HomeWords } from './words.en.ts';

/** Figures that people leave open are looked at again as often as this. */
const REFRESH_MS = 15_000;

/** `/console`: what is left, what was spent today, and what was asked last. */
export function HomePage({ words }: { readonly words: HomeWords }): ReactNode {
  const { me, team } = usePerson();
  const language = useLanguage();
  const home = useAnswer<Home>(`/teams/${team.id}/home`, { refreshMs: REFRESH_MS });
  return (
    <div className="page">
      <div className="head">
        <div>
          <h1>{words.title(me.name)}</h1>
          <p className="sub">{dayText(Date.now(), language)}</p>
        </div>
        <div className="acts">
          <BaseUrl url={me.installation.baseUrls.xai} words={words} />
          {team.role !== 'billing' && (
            <Link href="/console/keys?new" className="btn pri">
              <Icon name="plus" />
              {words.newKey}
            </Link>
          )}
        </div>
      </div>
      {home.data === undefined && home.error === null && <Skeleton label={words.loading} rows={6} />}
      {home.error !== null && (
        <Failed text={words.failed} again={words.again} onAgain={() => void home.refetch()} />
      )}
      {home.data !== undefined && (
        <>
          <CrossedAlerts alerts={home.data.alerts} words={words} />
          <Figures home={home.data} words={words} />
          <div className="band b2 home-days">
            <LastDays home={home.data} words={words} />
            <LimitsLeft models={home.data.limits} words={words} />
          </div>
          <LatestRequests rows={home.data.latest} words={words} />
        </>
      )}
    </div>
  );
}
