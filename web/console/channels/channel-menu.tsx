import { type ReactNode, useId } from 'react';
import type { Channel } from '../../../src/http/api/wire/operator-channels.ts';
import { ask } from '../../api/ask.ts';
import type { ChannelTask } from './channel-dialog.tsx';
import type { ChannelWords } from './words.en.ts';

interface MenuProps {
  readonly words: ChannelWords;
  readonly channel: Channel;
  readonly onTask: (task: ChannelTask) => void;
  readonly onChanged: () => void;
}

/** What can be done with one channel; the browser's own popover closes it by Escape and by a press elsewhere. */
export function ChannelMenu({ words, channel, onTask, onChanged }: MenuProps): ReactNode {
  const id = useId();
  const choose = (work: () => void) => () => {
    document.getElementById(id)?.hidePopover();
    work();
  };
  const turn = () => {
    // Whatever comes of it, the list that is loaded next shows it.
    ask('PATCH', `/operator/channels/${channel.id}`, { enabled: !channel.enabled }).then(
      onChanged,
      onChanged,
    );
  };
  return (
    <>
      <button type="button" className="ib" aria-label={words.menu(channel.name)} popoverTarget={id}>
        <svg className="i" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2" />
        </svg>
      </button>
      <div id={id} popover="auto" className="menu channel-menu">
        <button type="button" onClick={choose(() => onTask({ kind: 'test', channel }))}>
          {words.test}
        </button>
        <button type="button" onClick={choose(() => onTask({ kind: 'edit', channel }))}>
          {words.edit}
        </button>
        <button type="button" onClick={choose(turn)}>
          {channel.enabled ? words.turnOff : words.turnOn}
        </button>
        <hr />
        <button type="button" className="bad" onClick={choose(() => onTask({ kind: 'remove', channel }))}>
          {words.remove}
        </button>
      </div>
    </>
  );
}
