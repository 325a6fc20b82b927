import type { ReactNode } from 'react';
import { whole } from './request-figures.tsx';
import type { OneRequestProps } from './request-page.tsx';
import { timeMarks, timeParts } from './time-parts.ts';

/** So far apart, two figures below the bar can both be read, on a phone too. */
const LEAST_SHARE = 0.12;

/** The time of a request as one bar, and each part of it in figures. */
export function RequestTimes({ words: { one }, request }: OneRequestProps): ReactNode {
  const parts = timeParts(request);
  const { totalMs } = request.timing;
  if (parts.length === 0) return null;
  return (
    <section className="sec">
      <div className="sec-h">
        <h2>{one.time}</h2>
        <span className="meta t3 push num">{whole(totalMs)} ms</span>
      </div>
      <div aria-hidden="true">
        <div className="time-lane">
          {parts.map(({ name, ms }) => (
            <i key={name} className={`part ${name}`} style={{ flexGrow: (100 * ms) / totalMs }} />
          ))}
        </div>
        <div className="time-marks">
          {timeMarks(parts, LEAST_SHARE).map((ms) => (
            <span key={ms} style={{ left: `${(100 * ms) / totalMs}%` }}>
              {whole(ms)}
            </span>
          ))}
        </div>
      </div>
      <ol className="time-parts">
        {parts.map(({ name, ms }) => (
          <li key={name}>
            <div className="row">
              <i className={`key ${name}`} />
              <span className="b5">{one.parts[name].name}</span>
            </div>
            <div className="num big">{ms < 1 ? '< 1' : whole(ms)} ms</div>
            <div className="meta t3">{one.parts[name].about}</div>
          </li>
        ))}
      </ol>
    </section>
  );
}
