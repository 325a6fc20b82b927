/**
 * The token of the set-up link that this page was opened by. It leaves the address at once, so that it stands in no
 * history, no bookmark and no picture of the screen; it is kept for as long as the page is.
 */
let token: string | undefined;

export function tokenFromAddress(): string | undefined {
  const url = new URL(location.href);
  const found = url.searchParams.get('token');
  if (found !== null) {
    token = found;
    url.searchParams.delete('token');
    history.replaceState(history.state, '', url);
  }
  return token;
}
