/** An invariant does not hold. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly invariant: string;
  /** The request it is about, for the story; empty when it is about none. */
  readonly request: string;

  constructor(invariant: string, request: string, detail: string) {
    super(`${invariant}${request === '' ? '' : ` (${request})`}: ${detail}`);
    this.invariant = invariant;
    this.request = request;
  }
}
