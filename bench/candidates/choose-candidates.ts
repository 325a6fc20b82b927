import { bare } from './bare.ts';
import type { Candidate } from './candidate.ts';
import { direct } from './direct.ts';
import { least } from './least.ts';
import { litellm } from './litellm.ts';
import { nginx } from './nginx.ts';
import { portkey } from './portkey.ts';
import { turnpike, turnpikeWithoutLimits } from './turnpike.ts';

const ALL: readonly Candidate[] = [
  direct,
  nginx,
  bare,
  least,
  turnpike,
  turnpikeWithoutLimits,
  portkey,
  litellm,
];

/** The candidates of a run, in the order of their rows. The control is always among them. */
export function chooseCandidates({ only, quick }: { only: readonly string[]; quick: boolean }): Candidate[] {
  if (only.length === 0) return ALL.filter(({ heavy = false }) => !(quick && heavy));
  return ALL.filter(
    (candidate) => candidate === direct || only.some((name) => candidate.name.startsWith(name)),
  );
}
