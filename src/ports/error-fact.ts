/**
 * An error that nobody expected, as it may stand in a log: what it says and where it was thrown. A parser's own message
 * quotes the text that it could not read, and that text may be a prompt.
 */
export function errorFact(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, 200);
  const words = error instanceof SyntaxError ? error.name : String(error).slice(0, 200);
  const place = /\n\s+at (.{1,200})/.exec(error.stack ?? '')?.[1];
  return place === undefined ? words : `${words} at ${place}`;
}
