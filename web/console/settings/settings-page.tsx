import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Setting } from '../../../src/http/api/wire/operator-installation.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import { dollarsOfTicks } from '../../design/typed-amount.ts';
import { DoctorSection } from './doctor-section.tsx';
import { EnvironmentSection } from './environment-section.tsx';
import { NoticeSection } from './notice-section.tsx';
import './settings.css';
import { SETTINGS_PATH } from './settings-path.ts';
import { SignUpCredit } from './sign-up-credit.tsx';
import type { SettingsWords } from './words.en.ts';

const SIGN_UP_CREDIT = 'sign-up-credit';

/** `/console/settings`: what can be changed here, what the environment says, and whether all of it works. */
export function SettingsPage({ words }: { readonly words: SettingsWords }): ReactNode {
  const settings = useAnswer<{ rows: Setting[] }>(SETTINGS_PATH);
  const rows = settings.data?.rows;
  const credit = rows?.find(({ name }) => name === SIGN_UP_CREDIT);
  return (
    <div className="page">
      <div className="head">
        <div>
          <h1>{words.title}</h1>
          <p className="sub">
            {words.lead} <Link href="/console/ledger">{words.backups}</Link>
          </p>
        </div>
      </div>
      {settings.isError && (
        <Failed text={words.failed} again={words.again} onAgain={() => void settings.refetch()} />
      )}
      {settings.isPending && <Skeleton label={words.loading} />}
      {credit !== undefined && <SignUpCredit words={words} setting={credit} />}
      <NoticeSection words={words} />
      <DoctorSection words={words} />
      {rows !== undefined && (
        <EnvironmentSection
          words={words}
          settings={rows.filter(({ environmentName }) => environmentName !== null).map(inDollars)}
        />
      )}
    </div>
  );
}

/** Amounts travel as ticks; the environment has them in dollars. */
function inDollars(setting: Setting): Setting {
  if (!setting.name.endsWith('-credit')) return setting;
  const dollars = (ticks: string | null) => (ticks === null ? null : dollarsOfTicks(ticks));
  return { ...setting, value: dollars(setting.value), usual: dollars(setting.usual) };
}
