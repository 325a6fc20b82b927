/** Where to go after signing in: a path of this server and nothing else, whatever the link said. */
export function ownPath(asked: string | null): string {
  const url = asked?.startsWith('/') ? URL.parse(asked, location.origin) : null;
  return url?.origin === location.origin ? url.pathname + url.search : '/console';
}
