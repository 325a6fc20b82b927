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

/** Where a comparison notes what happens, for people who wait and for the report. */
interface Notes {
  readonly sentences: string[];
  failed: boolean;
  say(line: string): void;
}

/** Runs all candidates side by side: in each round one fresh process of each, in another order each time. */
export async function compare(
  bench: Workbench,
  programs: Programs,
  plan: Plan,
  { only, quick }: { only: readonly string[]; quick: boolean },
  say: (line: string) => void,
): Promise<{ text: string; data: Comparison; failed: boolean }> {
  const notes: Notes = { sentences: [], failed: false, say };
  const entrants: { candidate: Candidate; version: string }[] = [];
  for (const candidate of chooseCandidates({ only, quick })) {
    const prepared = await candidate.prepare(bench);
    if ('skip' in prepared) note(notes, `${candidate.name} is left out: ${prepared.skip}.`);
    else entrants.push({ candidate, version: prepared.version });
  }
  const names = entrants.map(({ candidate }) => candidate.name);
  const upstreams = await startUpstreams(bench, programs, names);
  if (upstreams.tls === undefined) note(notes, 'Without nginx and openssl there is no upstream over TLS.');

  const turns = entrants.flatMap(({ candidate }) => turnsOf(candidate, upstreams));
  const meter = new ProcessMeter(bench, programs, plan);
  const runs = await runRounds(bench, plan, meter, upstreams.mock, turns, notes);
  const candidates = entrants.map(({ candidate: { name, work }, version }) => ({ name, work, version }));
  const data = { candidates, runs, notes: notes.sentences };
  return { text: comparisonText(data), data, failed: notes.failed };
}

/** A candidate before one of the upstreams. */
interface Turn {
  readonly name: string;
  readonly candidate: Candidate;
  readonly upstream: UpstreamPlace;
  readonly tls: boolean;
}

function turnsOf(candidate: Candidate, { plain, tls }: Upstreams): Turn[] {
  const inTheClear = { name: candidate.name, candidate, upstream: plain, tls: false };
  if (tls === undefined || !candidate.overTls) return [inTheClear];
  return [inTheClear, { name: `${candidate.name} (TLS)`, candidate, upstream: tls, tls: true }];
}

async function runRounds(
  bench: Workbench,
  plan: Plan,
  meter: ProcessMeter,
  mock: MockUpstream,
  turns: readonly Turn[],
  notes: Notes,
): Promise<Run[]> {
  const runs: Run[] = [];
  const startedMs = performance.now();
  /** How long a process of each took, so that none is started that would not be through in time. */
  const tookMs = new Map<string, number>();
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const turn of orderOf(turns, round)) {
      const label = `round ${round + 1} of ${plan.rounds}, ${turn.name}`;
      const beganMs = performance.now();
      if (beganMs - startedMs + (tookMs.get(turn.name) ?? 0) > plan.limitMs) {
        note(notes, `The time was over before ${label}.`);
        continue;
      }
      try {
        const run = await runTurn(meter, mock, turn);
        runs.push({ candidate: turn.candidate.name, tls: turn.tls, round, ...run });
        notes.say(`${label}: ${run.whole256B.cpuUs?.toFixed(0) ?? '–'} µs a request`);
      } catch (error) {
        notes.failed = true;
        note(notes, `FAILED: ${label}: ${(error as Error).message.slice(0, 3_000)}`);
        bench.stopGateways();
      }
      tookMs.set(turn.name, performance.now() - beganMs);
    }
  }
  return runs;
}

/** One fresh process of a candidate; throws when its books do not agree with what the mock has served. */
async function runTurn(
  meter: ProcessMeter,
  mock: MockUpstream,
  { candidate, upstream }: Turn,
): Promise<ProcessRun> {
  const before = await mock.served();
  const { gateway, ...run } = await meter.run(candidate, upstream);
  const served = servedBetween(before, await mock.served());
  const difference = await gateway.checkBooks?.(served);
  await gateway.stop();
  if (difference !== undefined) throw new Error(`its books differ: ${difference}`);
  return run;
}

function note({ sentences, say }: Notes, sentence: string): void {
  sentences.push(sentence);
  say(sentence);
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
function orderOf(turns: readonly Turn[], round: number): Turn[] {
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
