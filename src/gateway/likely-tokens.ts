/** Text of any language has about this many bytes to a token. */
const BYTES_PER_TOKEN = 4;

/**
 * The best guess at a count: the count itself, unless the tokeniser was too busy and gave the text's bytes, which no
 * text has more tokens than. Such a bound decides whether something may fit; nobody is charged by it.
 */
export function likelyTokens({
  tokens,
  exact,
}: {
  readonly tokens: number;
  readonly exact: boolean;
}): number {
  return exact ? tokens : Math.ceil(tokens / BYTES_PER_TOKEN);
}
