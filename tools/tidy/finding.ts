import type { SourceFacts } from './source-facts.ts';
import type { Tree } from './tree.ts';

/** A place that breaks a house rule, and what to do about it. */
export interface Finding {
  readonly path: string;
  /** Counted from 1; absent when the whole file, or a missing one, is meant. */
  readonly line?: number;
  readonly message: string;
}

/** A house rule: a pure function of the repository's texts and of what their syntax says. */
export type Rule = (tree: Tree, sources: readonly SourceFacts[]) => readonly Finding[];
