import type { Comparison, Run } from './compare.ts';
import { drawTable } from './draw-table.ts';
import { faultsOf } from './load/run-load.ts';
import { marks } from './marks.ts';
import type { Measured } from './measure-process.ts';
import { figure, type Spread, spreadOf, spreadText } from './spread.ts';

type Loads = Exclude<keyof Run, 'candidate' | 'tls' | 'round' | 'startMb' | 'crowdPeakMb' | 'streamFault'>;

/** The tables for people. Every cell is the median of fresh processes and, in brackets, the least and the most. */
export function comparisonText(comparison: Comparison): string {
  const { candidates, runs, notes } = comparison;
  const names = candidates
    .map(({ name }) => name)
    .filter((name) => runs.some((run) => run.candidate === name));
  const plain = (name: string) => runs.filter((run) => run.candidate === name && !run.tls);
  const overTls = (name: string) => runs.filter((run) => run.candidate === name && run.tls);
  const control = plain('direct');
  return [
    drawTable(
      ['candidate', 'version', 'work per request'],
      candidates.map(({ name, version, work }) => [name, version, work]),
    ),
    'CPU, µs a request (32 connections, bodies of three sizes) and a chunk (200 streams, one every 20 ms)',
    drawTable(
      ['candidate', '256 B', '10 kB', '100 kB', 'chunk'],
      names
        .filter((name) => name !== 'direct')
        .map((name) => [
          name,
          ...(['whole256B', 'whole10kB', 'whole100kB', 'paced'] as const).map((load) =>
            cpu(plain(name), load),
          ),
        ]),
    ),
    'One connection: added latency and added time to the first chunk, µs; and 64 connections',
    drawTable(
      ['candidate', 'p50', 'p99', 'first chunk p50', 'first chunk p99', 'CPU at 1', 'requests/s at 64'],
      names.map((name) => latencyRow(name, plain(name), control)),
    ),
    '2,000 streams at once, a chunk every 100 ms',
    drawTable(
      ['candidate', 'MB at start', 'MB peak', 'complete', 'delay p50 µs', 'delay p99 µs', 'gap p99 ms'],
      names.map((name) => crowdRow(name, plain(name))),
    ),
    'Upstream over TLS 1.3, connections kept alive',
    drawTable(
      ['candidate', '256 B', 'chunk', 'added p50 µs', 'added p99 µs'],
      names
        .filter((name) => overTls(name).length > 0)
        .map((name) => [
          name,
          cpu(overTls(name), 'whole256B'),
          cpu(overTls(name), 'paced'),
          added(overTls(name), control, (run) => run.oneConnection.load.latency?.p50),
          added(overTls(name), control, (run) => run.oneConnection.load.latency?.p99),
        ]),
    ),
    ...(plain('turnpike').length === 0 ? [] : turnpikeParts(comparison, plain('turnpike'))),
    [disturbanceSentence(runs), ...booksSentence(runs), ...notes]
      .map((sentence) => `- ${sentence}`)
      .join('\n'),
  ].join('\n\n');
}

function turnpikeParts(comparison: Comparison, runs: readonly Run[]): string[] {
  return [
    'The marks',
    drawTable(['mark', 'measured', 'holds'], marks(comparison)),
    "Turnpike's CPU by thread, µs a request (256 B) and a chunk",
    drawTable(['thread', 'request', 'at 1 connection', 'chunk'], threadRows(runs)),
  ];
}

function figures(runs: readonly Run[], read: (run: Run) => number | null | undefined): Spread | undefined {
  return spreadOf(runs.map(read));
}

/** Faulty answers make a figure worthless, so they stand beside it. */
function cpu(runs: readonly Run[], load: Loads): string {
  const text = spreadText(figures(runs, (run) => run[load]?.cpuUs));
  const faults = runs.reduce((sum, run) => sum + faultsIn(run[load]), 0);
  if (load === 'paced' && runs.some((run) => run.streamFault !== undefined)) return 'streams fail';
  return faults === 0 ? text : `${text}, ${faults} faults`;
}

function faultsIn(measured: Measured | undefined): number {
  return measured === undefined ? 0 : faultsOf(measured.load);
}

/** What the gateway adds: its own figure less the control's median. */
function added(
  runs: readonly Run[],
  control: readonly Run[],
  read: (run: Run) => number | null | undefined,
): string {
  const without = spreadOf(control.map(read))?.median;
  if (without === undefined) return '–';
  return spreadText(
    figures(runs, (run) => {
      const value = read(run);
      return value === null || value === undefined ? undefined : value - without;
    }),
  );
}

function latencyRow(name: string, runs: readonly Run[], control: readonly Run[]): string[] {
  const rate = spreadText(
    figures(runs, ({ manyConnections: many }) => many && many.load.good / many.load.seconds),
  );
  if (name === 'direct') {
    const own = (read: (run: Run) => number | null | undefined) => `(${spreadText(figures(runs, read))})`;
    return [
      'direct (itself)',
      own((run) => run.oneConnection.load.latency?.p50),
      own((run) => run.oneConnection.load.latency?.p99),
      own((run) => run.firstChunk?.load.firstChunk?.p50),
      own((run) => run.firstChunk?.load.firstChunk?.p99),
      '–',
      rate,
    ];
  }
  return [
    name,
    added(runs, control, (run) => run.oneConnection.load.latency?.p50),
    added(runs, control, (run) => run.oneConnection.load.latency?.p99),
    added(runs, control, (run) => run.firstChunk?.load.firstChunk?.p50),
    added(runs, control, (run) => run.firstChunk?.load.firstChunk?.p99),
    cpu(runs, 'oneConnection'),
    rate,
  ];
}

function crowdRow(name: string, runs: readonly Run[]): string[] {
  return [
    name,
    spreadText(figures(runs, (run) => run.startMb)),
    spreadText(figures(runs, (run) => run.crowdPeakMb)),
    runs.some((run) => run.streamFault !== undefined)
      ? 'streams fail'
      : spreadText(figures(runs, (run) => run.crowd?.load.good)),
    spreadText(figures(runs, (run) => run.crowd?.load.chunkDelay?.p50)),
    spreadText(figures(runs, (run) => run.crowd?.load.chunkDelay?.p99)),
    spreadText(figures(runs, (run) => run.crowd?.load.chunkGap && run.crowd.load.chunkGap.p99 / 1_000)),
  ];
}

/** How quiet the machine was: the reader has to know before comparing anything. */
function disturbanceSentence(runs: readonly Run[]): string {
  const shares = spreadOf(
    runs.flatMap((run) =>
      [run.whole256B, run.whole10kB, run.whole100kB, run.oneConnection, run.paced, run.crowd].map(
        (measured) => measured && measured.disturbance * 100,
      ),
    ),
  );
  return shares === undefined
    ? 'Nothing was measured.'
    : `Noise: somebody else was at work on the gateway's core for ${figure(shares.median)} % of the time (median of all ` +
        `loads), in the worst of them for ${figure(shares.most)} %.`;
}

/** A process whose books differ has failed and is not among the runs. */
function booksSentence(runs: readonly Run[]): string[] {
  const count = runs.filter(({ candidate }) => candidate.startsWith('turnpike')).length;
  return count === 0
    ? []
    : [
        `Each of ${count} processes of Turnpike billed exactly the requests and tokens that the mock served, and its ` +
          'audit found nothing.',
      ];
}

/** Threads that use less than a twentieth of a microsecond are not worth a row. */
function threadRows(runs: readonly Run[]): string[][] {
  const names = new Set(
    runs.flatMap((run) =>
      Object.entries({ ...run.whole256B.cpuUsByThread })
        .filter(([, used]) => used > 0.05)
        .map(([name]) => name),
    ),
  );
  const of = (load: 'whole256B' | 'oneConnection' | 'paced', name: string) =>
    figures(runs, (run) => run[load]?.cpuUsByThread[name]);
  return [...names]
    .sort((a, b) => (of('whole256B', b)?.median ?? 0) - (of('whole256B', a)?.median ?? 0))
    .map((name) => [
      name,
      ...(['whole256B', 'oneConnection', 'paced'] as const).map((load) => spreadText(of(load, name))),
    ]);
}
