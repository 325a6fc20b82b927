import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Channel } from '../../../src/http/api/wire/operator-channels.ts';
import { HealthStrip } from '../../design/health-strip.tsx';
import { Money } from '../../design/money.tsx';
import { answeredPercent, CHANNEL_DOTS, channelState } from '../channels/channel-health.ts';
import type { OverviewWords } from './words.en.ts';

interface SummaryProps {
  readonly words: OverviewWords;
  readonly channels: readonly Channel[];
}

/** How every upstream stands; what can be done about it is on the page of channels. */
export function ChannelSummary({ words, channels }: SummaryProps): ReactNode {
  const { heads, channels: say } = words;
  return (
    <section className="sec">
      <div className="sec-h">
        <h2>{say.title}</h2>
        <Link href="/console/channels" className="push">
          {say.all}
        </Link>
      </div>
      {channels.length === 0 && <p className="t2">{say.none}</p>}
      {channels.length > 0 && (
        <table className="tbl flush tight overview-table">
          <thead>
            <tr>
              <th>{heads.channel}</th>
              <th className="hide-m">{heads.day}</th>
              <th className="r hide-m">{heads.answered}</th>
              <th className="r">{heads.month}</th>
            </tr>
          </thead>
          <tbody>
            {channels.map((channel) => {
              const { id, name, enabled, seen } = channel;
              const state = channelState(channel);
              const percent = answeredPercent(channel);
              return (
                <tr key={id} className={enabled ? '' : 'dim'}>
                  <td>
                    <span className="st">
                      <i className={CHANNEL_DOTS[state]} />
                      <span className="b5 ell">{name}</span>
                      <span className={state === 'failing' ? 'meta bad' : 'meta t3'}>
                        {say.states[state]}
                      </span>
                    </span>
                  </td>
                  <td className="hide-m">
                    <HealthStrip label={say.hours(seen.answered24h, seen.failed24h)} hours={seen.hours} />
                  </td>
                  <td className="r hide-m">
                    {percent === undefined ? <span className="t3">{words.none}</span> : `${percent} %`}
                  </td>
                  <td className="r">
                    <Money ticks={seen.chargedThisMonthTicks} digits="balance" />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
