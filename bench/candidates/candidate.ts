import type { Served } from '../load/mock-upstream.ts';
import type { Target } from '../load/run-load.ts';
import type { Service, Workbench } from '../machine/workbench.ts';

/** The upstream that a gateway is to forward to. */
export interface UpstreamPlace {
  /** Up to and including `/v1`. */
  readonly baseUrl: string;
  /** Over TLS: the file of the certificate authority to trust. Undefined: in the clear. */
  readonly caFile: string | undefined;
}

/** A gateway that runs and answers. */
export interface RunningGateway {
  readonly target: Target;
  /** Undefined for none at all, the direct way. */
  readonly pid: number | undefined;
  /** Holds its books against what the mock has served: what differs, in a sentence; undefined when nothing does. */
  checkBooks?(served: Served): Promise<string | undefined>;
  /** The program behind it; none for no gateway at all. */
  readonly service?: Pick<Service, 'ending' | 'output'>;
  stop(): Promise<void>;
}

/** What is measured side by side. Each start is a fresh process on fresh data. */
export interface Candidate {
  /** Its row in the tables. */
  readonly name: string;
  /** What it does for each request beyond forwarding it. */
  readonly work: string;
  /** Whether it is measured before an upstream over TLS too. */
  readonly overTls: boolean;
  /** So slow, and so large to install, that it comes last in a round and not at all in a quick run. */
  readonly heavy?: boolean;
  /** Installs what it needs. Answers its version, or the reason why it is left out. */
  prepare(bench: Workbench): Promise<{ version: string } | { skip: string }>;
  start(bench: Workbench, upstream: UpstreamPlace): Promise<RunningGateway>;
}

/** The key that clients of the bench show. Gateways that know no keys get it too. */
export const CLIENT_KEY = `xai-${'b'.repeat(80)}`;

export const AUTHORIZATION = `authorization: Bearer ${CLIENT_KEY}`;

export const CHAT_PATH = '/v1/chat/completions';

/** Waits until a URL answers with success. */
export async function untilReady(
  url: string,
  service: { output(): string },
  { limitMs = 20_000 } = {},
): Promise<void> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (response?.ok) return;
    if (performance.now() > deadline) {
      throw new Error(`${url} did not answer in ${limitMs / 1_000} s:\n${service.output().slice(-2_000)}`);
    }
    await Bun.sleep(25);
  }
}
