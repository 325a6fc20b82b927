import { least } from './candidates/least.ts';
import type { Comparison, Run } from './compare.ts';
import { faultsOf } from './load/run-load.ts';
import { figure, spreadOf } from './spread.ts';

/** A stream keeps its pace when its chunks come no later than this, half the distance between two. */
const PACE_DELAY_US = 50_000;

const LEAST = least.name;

/** What Turnpike, with everything on, has to reach: the mark, what was measured, and whether it holds. */
export function marks({ runs }: Comparison): string[][] {
  const median = (name: string, read: (run: Run) => number | null | undefined) =>
    spreadOf(runs.filter((run) => run.candidate === name && !run.tls).map(read))?.median;
  const request = (run: Run) => run.whole256B.cpuUs;
  const chunk = (run: Run) => run.paced?.cpuUs;
  const crowd = runs.flatMap((run) => (run.candidate === 'turnpike' && run.crowd ? [run.crowd.load] : []));
  const inPace = crowd.every((load) => faultsOf(load) === 0 && (load.chunkDelay?.p99 ?? 0) <= PACE_DELAY_US);
  return [
    ratioMark(
      'at most 5 × nginx a request',
      median('turnpike', request),
      median('nginx', request),
      (r) => r <= 5,
    ),
    ratioMark(
      'Portkey at least 5 × as dear',
      median('portkey', request),
      median('turnpike', request),
      (r) => r >= 5,
    ),
    ratioMark(
      'at most 2 × nginx a paced chunk',
      median('turnpike', chunk),
      median('nginx', chunk),
      (r) => r <= 2,
    ),
    // No mark: how near to nginx anything on this runtime can come that bills for what it serves.
    ratio('the least with a ledger, × nginx a request', median(LEAST, request), median('nginx', request)),
    ratio('the least with a ledger, × nginx a paced chunk', median(LEAST, chunk), median('nginx', chunk)),
    [
      '2,000 streams complete and in pace',
      crowd.length === 0 ? '–' : `${crowd.map(({ good }) => good).join(', ')} complete`,
      crowd.length === 0 ? '–' : yes(inPace),
    ],
  ];
}

function ratioMark(
  mark: string,
  ours: number | undefined,
  theirs: number | undefined,
  holds: (ratio: number) => boolean,
): string[] {
  const [, measured = '–'] = ratio(mark, ours, theirs);
  const isKnown = ours !== undefined && theirs !== undefined;
  return [mark, measured, isKnown ? yes(holds(ours / theirs)) : '–'];
}

function ratio(name: string, ours: number | undefined, theirs: number | undefined): string[] {
  if (ours === undefined || theirs === undefined) return [name, '–', '–'];
  return [name, `${(ours / theirs).toFixed(1)} × (${figure(ours)} / ${figure(theirs)})`, '–'];
}

function yes(holds: boolean): string {
  return holds ? 'yes' : 'NO';
}
