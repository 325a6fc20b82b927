import type { ReactNode } from 'react';
import type { Channel } from '../../../src/http/api/wire/operator-channels.ts';
import type { ChannelTask } from './channel-dialog.tsx';
import { channelState, recentCalls } from './channel-health.ts';
import { answeredByNoOther } from './routes.ts';
import type { ChannelWords } from './words.en.ts';

interface FailingProps {
  readonly words: ChannelWords;
  readonly channels: readonly Channel[];
  readonly onTask: (task: ChannelTask) => void;
}

/** What fails, which models nothing else answers meanwhile, and the way to see why. */
export function FailingChannels({ words, channels, onTask }: FailingProps): ReactNode {
  const failing = channels.filter((channel) => channelState(channel) === 'failing');
  if (failing.length === 0) return null;
  return (
    <div className="stack failing-channels">
      {failing.map((channel) => {
        const { failed, answered } = recentCalls(channel);
        const alone = answeredByNoOther(channel, channels).map((model) =>
          model === '*' ? words.all : model,
        );
        return (
          <div className="banner bad" key={channel.id} role="status">
            <span className="grow">
              <b className="b5">{channel.name}</b> {words.fails(failed, failed + answered)}
              {alone.length > 0 && ` ${words.failsAlone(alone.join(', '))}`}
            </span>
            <button type="button" className="btn sm" onClick={() => onTask({ kind: 'test', channel })}>
              {words.test}
            </button>
          </div>
        );
      })}
    </div>
  );
}
