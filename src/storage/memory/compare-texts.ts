/** The order of the SQL engines' binary collation, for the ASCII that ids, days and model names are made of. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
