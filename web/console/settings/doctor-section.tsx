import type { ReactNode } from 'react';
import type { Diagnosis } from '../../../src/http/api/wire/operator-installation.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Failed, Skeleton } from '../../design/section-state.tsx';
import type { SettingsWords } from './words.en.ts';

type Check = Diagnosis['checks'][number];

const DOTS: Readonly<Record<Check['state'], string>> = {
  ok: 'dot',
  warning: 'dot warn',
  problem: 'dot bad',
};

/** What keeps the installation from working, with what to do about it; what is in order is one fold away. */
export function DoctorSection({ words }: { readonly words: SettingsWords }): ReactNode {
  const { doctor: say } = words;
  const doctor = useAnswer<Diagnosis>('/operator/doctor');
  const checks = doctor.data?.checks;
  const found = checks?.filter(({ state }) => state !== 'ok') ?? [];
  const fine = checks?.filter(({ state }) => state === 'ok') ?? [];
  return (
    <section className="sec">
      <div className="sec-h">
        <h2>{say.title}</h2>
        <div className="push">
          <button
            type="button"
            className="btn sm"
            disabled={doctor.isFetching}
            onClick={() => void doctor.refetch()}
          >
            {doctor.isFetching ? say.looking : say.look}
          </button>
        </div>
      </div>
      {doctor.isError && (
        <Failed text={say.failed} again={words.again} onAgain={() => void doctor.refetch()} />
      )}
      {doctor.isPending && <Skeleton label={words.loading} />}
      {doctor.data !== undefined && (
        <>
          <p className="st" role="status">
            <i className={doctor.data.isHealthy ? 'dot' : 'dot bad'} />
            <span className="b5">{doctor.data.isHealthy ? say.healthy : say.unhealthy}</span>
          </p>
          <Checks checks={found} words={words} />
          <details className="checks-fine">
            <summary>{say.fine(fine.length)}</summary>
            <Checks checks={fine} words={words} />
          </details>
        </>
      )}
    </section>
  );
}

function Checks(props: { readonly checks: readonly Check[]; readonly words: SettingsWords }): ReactNode {
  const { doctor: say } = props.words;
  return (
    <ul className="checks">
      {props.checks.map(({ state, code, sentence, remedy }) => (
        <li key={`${code} ${sentence}`}>
          <i className={DOTS[state]} role="img" aria-label={say.states[state]} />
          <div>
            {sentence}
            {remedy !== null && <div className="sub">{remedy}</div>}
          </div>
        </li>
      ))}
    </ul>
  );
}
