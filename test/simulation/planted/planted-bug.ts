/** One bug, as a change of the source text. Each anchor is short, and must stand in its file exactly once. */
export interface PlantedBug {
  readonly name: string;
  /** Who had it, or what it stands for. */
  readonly story: string;
  readonly changes: readonly Change[];
}

export interface Change {
  /** From the repository's root. */
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

/** The text with the bug in it. Throws by the bug's name when the source has moved on and the anchor is gone. */
export function plant(bug: PlantedBug, { file, find, put }: Change, text: string): string {
  const times = text.split(find).length - 1;
  if (times !== 1) {
    throw new Error(
      `the planted bug "${bug.name}" no longer applies: ${file} has ${times} times ${JSON.stringify(find)}. Write its anchor anew in test/simulation/planted/.`,
    );
  }
  return text.replace(find, () => put);
}
