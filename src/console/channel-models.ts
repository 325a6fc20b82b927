import { type Refusal, refuse } from '../domain/refusal.ts';

const MAXIMUM_ROUTES = 500;
const PUBLIC_NAME = /^(?:\*|[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127})$/;
/** Upstreams have freer names than we do; only what could break a header or a log is kept out. */
const UPSTREAM_NAME = /^[^\s\p{C}=]{1,200}$/u;

/**
 * The model map of a channel, from routes as a person writes them: `grok-beta=llama3.2` sends one model under another
 * name, `grok-beta` under its own, `*` every model of the catalogue under its own and `*=llama3.2` every model as that.
 */
export function readModelRoutes(routes: readonly string[]): Readonly<Record<string, string>> | Refusal {
  const entries = new Map<string, string>();
  for (const route of routes) {
    const [, publicName = '', upstreamName = publicName] = /^([^=]*)(?:=(.*))?$/s.exec(route.trim()) ?? [];
    if (!PUBLIC_NAME.test(publicName) || !UPSTREAM_NAME.test(upstreamName))
      return refuse('bad-model-route', { route });
    if (upstreamName === '*' && publicName !== '*') return refuse('bad-model-route', { route });
    entries.set(publicName, upstreamName);
  }
  if (entries.size === 0 || entries.size > MAXIMUM_ROUTES) return refuse('channel-needs-models');
  return Object.fromEntries(entries);
}
