import type { ReactNode } from 'react';
import type { Channel } from '../../../src/http/api/wire/operator-channels.ts';
import { HealthStrip } from '../../design/health-strip.tsx';
import { Money } from '../../design/money.tsx';
import type { ChannelTask } from './channel-dialog.tsx';
import { answeredPercent, CHANNEL_DOTS, channelState } from './channel-health.ts';
import { ChannelMenu } from './channel-menu.tsx';
import type { ChannelWords } from './words.en.ts';

interface TableProps {
  readonly words: ChannelWords;
  readonly channels: readonly Channel[];
  readonly onTask: (task: ChannelTask) => void;
  readonly onChanged: () => void;
}

/** A row a channel: its health by the hour, its models, its speed and what was charged for its answers. */
export function ChannelTable({ words, channels, onTask, onChanged }: TableProps): ReactNode {
  const { heads } = words;
  return (
    <table className="tbl flush channels">
      <thead>
        <tr>
          <th>{heads.channel}</th>
          <th className="hide-m">{heads.day}</th>
          <th className="hide-m">{heads.models}</th>
          <th className="r hide-m">
            {heads.firstToken}
            <span>{heads.firstTokenHint}</span>
          </th>
          <th className="r hide-m">
            {heads.answered}
            <span>{heads.answeredHint}</span>
          </th>
          <th className="r">
            {heads.charged}
            <span>{heads.chargedHint}</span>
          </th>
          <th>
            <span className="sr-only">{heads.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {channels.map((channel) => (
          <ChannelRow key={channel.id} words={words} channel={channel}>
            <ChannelMenu words={words} channel={channel} onTask={onTask} onChanged={onChanged} />
          </ChannelRow>
        ))}
      </tbody>
    </table>
  );
}

function ChannelRow(props: {
  readonly words: ChannelWords;
  readonly channel: Channel;
  readonly children: ReactNode;
}): ReactNode {
  const { words, channel, children } = props;
  const { seen, models } = channel;
  const { latency } = seen;
  const state = channelState(channel);
  const names = models.map(({ model }) => (model === '*' ? words.all : model));
  const answered = answeredPercent(channel);
  return (
    <tr className={channel.enabled ? '' : 'dim'}>
      <td>
        <div className="row g3">
          <i className={CHANNEL_DOTS[state]} />
          <div className="grow">
            <div className="row">
              <span className="b5 ell">{channel.name}</span>
              <span className="badge line">{words.kinds[channel.kind]}</span>
            </div>
            <div className="sub ell">
              {channel.baseUrl === '' ? words.builtIn : new URL(channel.baseUrl).host}
            </div>
            <div className="only-m blk">
              <HealthStrip label={words.hours(seen.answered24h, seen.failed24h)} hours={seen.hours} />
            </div>
          </div>
        </div>
      </td>
      <td className="hide-m">
        <HealthStrip label={words.hours(seen.answered24h, seen.failed24h)} hours={seen.hours} />
        <div className="sub">{words.states[state]}</div>
      </td>
      <td className="hide-m">
        <div className="ell models">{names[0]}</div>
        <div className="sub ell models">
          {names[1]}
          {names.length > 2 && words.more(names.length - 2)}
        </div>
      </td>
      <td className="r hide-m">
        {latency.firstTokenP50Ms === null || latency.firstTokenP95Ms === null ? (
          <span className="t3">{words.none}</span>
        ) : (
          <>
            {Math.round(latency.firstTokenP50Ms).toLocaleString('en')}{' '}
            <span className="t3">· {Math.round(latency.firstTokenP95Ms).toLocaleString('en')} ms</span>
          </>
        )}
      </td>
      <td className="r hide-m">
        {answered === undefined ? <span className="t3">{words.none}</span> : `${answered} %`}
      </td>
      <td className="r">
        <Money ticks={seen.chargedThisMonthTicks} />
      </td>
      <td className="r">{children}</td>
    </tr>
  );
}
