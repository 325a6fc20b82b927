import type { Candidate, UpstreamPlace } from './candidates/candidate.ts';
import { chooseCandidates } from './candidates/choose-candidates.ts';
import { makeCertificate } from './candidates/make-certificate.ts';
import { startNginx } from './candidates/nginx.ts';
import { comparisonText } from './comparison-text.ts';
import type { Programs } from './load/build-programs.ts';
import { type MockUpstream, type Served, startMock } from './load/mock-upstream.ts';
import type { Workbench } from './machine/workbench.ts';
import { ProcessMeter, type ProcessRun } from './measure-process.ts';
import type { Plan } from './plan.ts';

/** One fresh process of one candidate. */
export interface Run extends ProcessRun {
  readonly candidate: string;
  readonly tls: boolean;
  readonly round: number;
}

/** Everything that was measured, and what was not. */
export interface Comparison {
  readonly candidates: readonly { readonly name: string; readonly version: string; readonly work: string }[];
  readonly runs: readonly Run[];
  /** Sentences: what was left out, what went wrong, what the books say. */
  readonly notes: readonly string[];
}

interface Upstreams {
  readonly mock: MockUpstream;
  readonly plain: UpstreamPlace;
  /** Undefined where nginx or openssl is missing. */
  readonly tls: UpstreamPlace | undefined;
}

/** Runs all candidates side by side: in each round one fresh process of each, in another order each time. */
export async function compare(
  bench: Workbench,
  programs: Programs,
  plan: Plan,
  { only, quick }: { only: readonly string[]; quick: boolean },
  say: (line: string) => void,
): Promise<{ text: string; data: Comparison }> {
  const notes: string[] = [];
  const note = (sentence: string) => {
    notes.push(sentence);
    say(sentence);
  };
  const entrants: { candidate: Candidate; version: string }[] = [];
  for (const candidate of chooseCandidates({ only, quick })) {
    const prepared = await candidate.prepare(bench);
    if ('skip' in prepared) note(`${candidate.name} is left out: ${prepared.skip}.`);
    else entrants.push({ candidate, version: prepared.version });
  }
  const upstreams = await startUpstreams(
    bench,
    programs,
    entrants.map(({ candidate }) => candidate.name),
  );
  if (upstreams.tls === undefined) note('Without nginx and openssl there is no upstream over TLS.');

  const meter = new ProcessMeter(bench, programs, plan);
  const runs: Run[] = [];
  let booksInOrder = 0;
  const startedMs = performance.now();
  /** How long a process of each took, so that none is started that would not be through in time. */
  const tookMs = new Map<string, number>();
  const turns = entrants.flatMap(({ candidate }) => [
    { candidate, upstream: upstreams.plain, tls: false },
    ...(upstreams.tls === undefined || !candidate.overTls
      ? []
      : [{ candidate, upstream: upstreams.tls, tls: true }]),
  ]);
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const { candidate, upstream, tls } of orderOf(turns, round)) {
      const name = `${candidate.name}${tls ? ' (TLS)' : ''}`;
      const label = `round ${round + 1} of ${plan.rounds}, ${name}`;
      const beganMs = performance.now();
      const expectedMs = tookMs.get(name) ?? 0;
      if (beganMs - startedMs + expectedMs > plan.limitMs) {
        note(`The time was over before ${label}.`);
        continue;
      }
      try {
        const servedBefore = await upstreams.mock.served();
        const { gateway, ...run } = await meter.run(candidate, upstream);
        runs.push({ candidate: candidate.name, tls, round, ...run });
        const served = servedBetween(servedBefore, await upstreams.mock.served());
        if (gateway.checkBooks !== undefined) {
          const difference = await gateway.checkBooks(served);
          if (difference === undefined) booksInOrder += 1;
          else note(`BOOKS DIFFER: ${label}: ${difference}.`);
        }
        await gateway.stop();
        say(`${label}: ${run.whole256B.cpuUs?.toFixed(0) ?? '–'} µs a request`);
      } catch (error) {
        note(`FAILED: ${label}: ${(error as Error).message.slice(0, 3_000)}`);
        bench.stopGateways();
      }
      tookMs.set(name, performance.now() - beganMs);
    }
  }
  if (booksInOrder > 0) {
    notes.push(
      `${booksInOrder} processes of Turnpike billed exactly the requests and tokens that the mock served; their audits ` +
        'found nothing.',
    );
  }
  const candidates = entrants.map(({ candidate: { name, work }, version }) => ({ name, work, version }));
  const data = { candidates, runs, notes };
  return { text: comparisonText(data), data };
}

async function startUpstreams(
  bench: Workbench,
  programs: Programs,
  names: readonly string[],
): Promise<Upstreams> {
  const mock = await startMock(bench, programs.mock);
  const plain = { baseUrl: `http://127.0.0.1:${mock.port}/v1`, caFile: undefined };
  const certificate = names.includes('nginx') ? await makeCertificate(bench) : undefined;
  if (certificate === undefined) return { mock, plain, tls: undefined };
  const { port } = await startNginx(bench, 'others', plain, certificate);
  return { mock, plain, tls: { baseUrl: `https://localhost:${port}/v1`, caFile: certificate.caFile } };
}

/** Another order each round; the heavy ones last, since they are what a lack of time leaves out. */
function orderOf<T extends { candidate: Candidate }>(turns: readonly T[], round: number): T[] {
  const light = turns.filter(({ candidate }) => candidate.heavy !== true);
  const start = light.length === 0 ? 0 : (round * 3) % light.length;
  const heavy = turns.filter(({ candidate }) => candidate.heavy === true);
  return [...light.slice(start), ...light.slice(0, start), ...heavy];
}

function servedBetween(before: Served, after: Served): Served {
  return Object.fromEntries(
    Object.entries(after).map(([name, count]) => [name, count - before[name as keyof Served]]),
  ) as unknown as Served;
}
