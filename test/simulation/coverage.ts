/** Situations that a world got into, by name, and how often. */
export class Coverage {
  readonly hits = new Map<string, number>();

  note(situation: string): void {
    this.hits.set(situation, (this.hits.get(situation) ?? 0) + 1);
  }
}
