import { type ReactNode, useEffect, useState } from 'react';
import type { Channel, ChannelTested } from '../../../src/http/api/wire/operator-channels.ts';
import { ask, Refused } from '../../api/ask.ts';
import { Dialog } from '../../design/dialog.tsx';
import { duration } from '../../design/figures.ts';
import type { ChannelWords } from './words.en.ts';

interface TestAllProps {
  readonly words: ChannelWords;
  readonly channels: readonly Channel[];
  readonly onClose: () => void;
}

type Result = ChannelTested | { readonly ok: false; readonly failure: string };

/** One small call to every channel that is on, one after the other, and what came of each. */
export function TestAll({ words, channels, onClose }: TestAllProps): ReactNode {
  const { testingAll: say } = words;
  const [tested] = useState(() => channels.filter(({ enabled }) => enabled));
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map());
  useEffect(() => {
    const leaving = new AbortController();
    void (async () => {
      for (const channel of tested) {
        const result = await tryChannel(words, channel, leaving.signal);
        if (leaving.signal.aborted) return;
        setResults((before) => new Map(before).set(channel.id, result));
      }
    })();
    return () => leaving.abort();
  }, [tested, words]);
  const next = tested.find(({ id }) => !results.has(id))?.id;
  return (
    <Dialog title={say.title} closeLabel={words.close} onClose={onClose}>
      <p className="meta">{words.testing.hint}</p>
      <ul className="tested-channels" aria-live="polite">
        {tested.map(({ id, name }) => {
          const result = results.get(id);
          return (
            <li key={id}>
              <i className={result === undefined ? 'dot off' : result.ok ? 'dot' : 'dot bad'} />
              <div className="grow">
                <div className="row between">
                  <span className="b5 ell">{name}</span>
                  <span className="t2 num">
                    {result === undefined
                      ? id === next
                        ? say.now
                        : say.waiting
                      : 'durationMs' in result && duration(result.durationMs)}
                  </span>
                </div>
                {result !== undefined && (
                  <div className={result.ok ? 'sub' : 'sub bad'}>
                    {result.ok ? result.answer : result.failure}
                  </div>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}

async function tryChannel(words: ChannelWords, channel: Channel, signal: AbortSignal): Promise<Result> {
  const named = channel.models.find(({ model }) => model !== '*')?.model ?? 'grok-beta';
  try {
    return await ask<ChannelTested>(
      'POST',
      `/operator/channels/${channel.id}/test`,
      { model: named, prompt: words.testing.usual },
      signal,
    );
  } catch (error) {
    const isSaid = error instanceof Refused && error.message !== '';
    return { ok: false, failure: isSaid ? error.message : words.didNotWork };
  }
}
