const NAME = '#token=';

/**
 * The token of the letter's link that this page was opened by. It stands behind `#`, which a browser sends to nobody,
 * and leaves the address at once, so that it stands in no history and no picture of the screen.
 */
let token = '';

export function letterToken(): string {
  if (location.hash.startsWith(NAME)) {
    token = location.hash.slice(NAME.length);
    history.replaceState(history.state, '', location.pathname);
  }
  return token;
}
