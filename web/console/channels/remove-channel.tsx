import { type ReactNode, useState } from 'react';
import type { Channel } from '../../../src/http/api/wire/operator-channels.ts';
import { ask, Refused } from '../../api/ask.ts';
import type { ChannelWords } from './words.en.ts';

interface RemoveProps {
  readonly words: ChannelWords;
  readonly channel: Channel;
  readonly onKeep: () => void;
  readonly onDone: () => void;
}

/** Removing stops running programs, so it asks, and says how much the channel was used. */
export function RemoveChannel({ words, channel, onKeep, onDone }: RemoveProps): ReactNode {
  const [trouble, setTrouble] = useState<string | undefined>();
  const remove = () => {
    ask('DELETE', `/operator/channels/${channel.id}`).then(onDone, (error) =>
      setTrouble(error instanceof Refused && error.message !== '' ? error.message : words.didNotWork),
    );
  };
  return (
    <>
      <div className="bd">
        <p>{words.removing.text(channel.seen.answered24h)}</p>
        {trouble !== undefined && (
          <p className="bad" role="alert">
            {trouble}
          </p>
        )}
      </div>
      <footer>
        <button type="button" className="btn push" onClick={onKeep}>
          {words.removing.keep}
        </button>
        <button type="button" className="btn danger fill" onClick={remove}>
          {words.removing.remove}
        </button>
      </footer>
    </>
  );
}
