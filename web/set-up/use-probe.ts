import { useCallback, useEffect, useRef, useState } from 'react';
import type { ProbeEvent } from '../../src/http/api/wire/operator-connect.ts';
import { askForEvents } from '../api/ask.ts';

/** What a person has given to be tried. */
export interface Pasted {
  readonly pasted: string;
  readonly provider?: string;
  readonly key?: string;
  readonly model?: string;
}

export interface Probe {
  readonly pasted: Pasted | undefined;
  readonly events: readonly ProbeEvent[];
  readonly isRunning: boolean;
  /** The connection to this server broke, or it refused. */
  readonly hasFailed: boolean;
  start(pasted: Pasted): void;
  /** Ends the try and forgets what it has found. */
  clear(): void;
}

type Found<Kind extends ProbeEvent['kind']> = Extract<ProbeEvent, { kind: Kind }>;

/** The last event of a kind. */
export function found<Kind extends ProbeEvent['kind']>(
  events: readonly ProbeEvent[],
  kind: Kind,
): Found<Kind> | undefined {
  return events.findLast((event): event is Found<Kind> => event.kind === kind);
}

/** Tries an upstream and keeps what happens; one at a time. */
export function useProbe(): Probe {
  const [state, setState] = useState<Omit<Probe, 'start' | 'clear'>>(IDLE);
  const running = useRef<AbortController | undefined>(undefined);
  const start = useCallback((pasted: Pasted) => {
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    setState({ ...IDLE, pasted, isRunning: true });
    const run = async () => {
      for await (const event of askForEvents<ProbeEvent>('/operator/connect/probe', pasted, stop.signal)) {
        if (stop.signal.aborted) return;
        setState((before) => ({ ...before, events: [...before.events, event] }));
      }
      setState((before) => ({ ...before, isRunning: false }));
    };
    run().catch(() => {
      if (!stop.signal.aborted) setState((before) => ({ ...before, isRunning: false, hasFailed: true }));
    });
  }, []);
  const clear = useCallback(() => {
    running.current?.abort();
    setState(IDLE);
  }, []);
  useEffect(() => () => running.current?.abort(), []);
  return { ...state, start, clear };
}

const IDLE = { pasted: undefined, events: [], isRunning: false, hasFailed: false } as const;
