import { afterAll, beforeAll, expect } from 'bun:test';
import { type CountingUpstream, startCountingUpstream, type UpstreamCounts } from './counting-upstream.ts';
import { type RunningServer, startServer, stopServer } from './running-server.ts';

/** More than all tests of a file can spend. */
const PLENTY_TICKS = 8_000_000_000_000_000n;

/** The shipped server before an upstream that counts; both start before a file's tests and stop after them. */
export interface ServerBeforeUpstream {
  readonly server: RunningServer;
  readonly upstream: CountingUpstream;
}

/** Call it once, at the top of a test file. */
export function serverBeforeUpstream(environment: Record<string, string> = {}): () => ServerBeforeUpstream {
  let both: ServerBeforeUpstream | undefined;
  beforeAll(async () => {
    const upstream = await startCountingUpstream();
    const server = await startServer({
      TURNPIKE_LIMITS: 'off',
      TURNPIKE_UPSTREAM: upstream.baseUrl,
      TURNPIKE_LOG_LEVEL: 'warn',
      ...environment,
    });
    both = { server, upstream };
    await server.turnpike('credit', 'grant', `${PLENTY_TICKS} ticks`);
  }, 60_000);
  afterAll(async () => {
    if (both === undefined) return;
    await stopServer(both.server);
    await both.upstream.stop();
  });
  return () => {
    if (both === undefined) throw new Error('nothing has started');
    return both;
  };
}

const COUNTS_DEADLINE_MS = 20_000;

/** Waits until the upstream's figures are as wanted, and says what they are when they do not become so. */
export async function untilCounts(
  upstream: CountingUpstream,
  isWanted: (counts: UpstreamCounts) => boolean,
): Promise<UpstreamCounts> {
  const deadline = Date.now() + COUNTS_DEADLINE_MS;
  for (;;) {
    const counts = await upstream.counts();
    if (isWanted(counts)) return counts;
    if (Date.now() > deadline) throw new Error(`not as wanted: ${JSON.stringify(counts)} (${isWanted})`);
    await Bun.sleep(20);
  }
}

/** Every hold has had its one end, and every entry adds up. */
export async function expectBooksInOrder(server: RunningServer): Promise<void> {
  const audit = (await server.turnpike('audit')) as Record<string, unknown>;
  expect(audit).toMatchObject({ findings: [], live_holds: 0, lost_holds: 0, held_ticks: '0' });
}
