import { internalError, unknownRoute, wrongMethod } from '../domain/failure.ts';
import type { Network, NetworkAddress } from '../domain/network-address.ts';
import type { Clock } from '../ports/clock.ts';
import { errorFact } from '../ports/error-fact.ts';
import type { Log } from '../ports/log.ts';
import type { Random } from '../ports/random.ts';
import type { Dialect } from '../protocol/xai-chat/error.ts';
import { answerFailure } from './answer-failure.ts';
import { findClientAddress } from './client-address.ts';
import { preflight } from './cors.ts';
import type { Route, RouteContext } from './route.ts';

/**
 * Where the API lives. `/v1` is its place; the others are where clients end up whose base address was entered
 * without `/v1`, or with it twice.
 */
const API_BASES: readonly { prefix: string; dialect: Dialect }[] = [
  { prefix: '/v1', dialect: 'xai' },
  { prefix: '', dialect: 'xai' },
  { prefix: '/v1/v1', dialect: 'xai' },
  { prefix: '/openai/v1', dialect: 'openai' },
  { prefix: '/openai', dialect: 'openai' },
];

/** A head, or a body between two pieces, that takes longer is given up. Routes lift it for models' answers. */
const IDLE_SECONDS = 60;

/** Bodies are bounded by `BodyReader`, with a clear answer; this is only the runtime's own last line. */
const RUNTIME_BODY_BYTES = 1_073_741_824;

export interface ServerParts {
  readonly hostname: string;
  readonly port: number;
  /** Routes of the API, below each of its bases. */
  readonly apiRoutes: readonly Route[];
  /** Routes at the root: health and the page for people. */
  readonly rootRoutes: readonly Route[];
  /** Whole parts of the address space, below a prefix such as `/api/`, off the hot path. */
  readonly subtrees?: readonly Subtree[] | undefined;
  /** Whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly Network[];
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Answers every method of every path below a prefix. */
export interface Subtree {
  /** Begins and ends with a slash. */
  readonly prefix: string;
  readonly handle: (request: Request, context: RouteContext) => Promise<Response> | Response;
}

export interface RunningServer {
  /** Such as `http://127.0.0.1:7070`. */
  readonly url: string;
  /** Takes no new connections and closes those without a request. Resolves when none is open, or at once when forced. */
  stop(force: boolean): Promise<void>;
}

type Handler = (request: Bun.BunRequest, server: Bun.Server<undefined>) => Promise<Response> | Response;

/** The adapter to Bun: hands each route its request, and every failure to `answerFailure`. */
export function startServer(parts: ServerParts): RunningServer {
  const table = new Map<string, Record<string, Handler>>();
  const add = (path: string, dialect: Dialect, route: Route) => {
    const methods = table.get(path) ?? {};
    methods[route.method] = handlerOf(parts, dialect, route);
    table.set(path, methods);
  };
  for (const route of parts.rootRoutes) add(route.path, 'xai', route);
  for (const { prefix, dialect } of API_BASES) {
    for (const route of parts.apiRoutes) {
      add(prefix + route.path, dialect, route);
      const methods = table.get(prefix + route.path);
      if (methods !== undefined) methods.OPTIONS = preflight;
    }
  }
  for (const [path, methods] of table) table.set(path, closed(parts, path, methods));
  for (const { prefix, handle } of parts.subtrees ?? []) {
    const handler = handlerOf(parts, 'xai', { method: 'GET', path: prefix, handle });
    table.set(`${prefix}*`, Object.fromEntries(EVERY_METHOD.map((method) => [method, handler])));
  }

  const server = Bun.serve({
    hostname: parts.hostname,
    port: parts.port,
    idleTimeout: IDLE_SECONDS,
    maxRequestBodySize: RUNTIME_BODY_BYTES,
    development: false,
    routes: Object.fromEntries(table),
    fetch: (request) => fallback(parts, request),
    error(error) {
      const requestId = parts.random.uuid();
      parts.log.error('assertion-broken', { request: requestId, error: errorFact(error) });
      return answerFailure(internalError(requestId), { requestId, dialect: 'xai' });
    },
  });
  return {
    url: `http://${parts.hostname.includes(':') ? `[${parts.hostname}]` : parts.hostname}:${server.port}`,
    stop: (force) => server.stop(force),
  };
}

function handlerOf(
  { clock, random, log, trustedProxies }: ServerParts,
  dialect: Dialect,
  route: Route,
): Handler {
  const hasParameters = route.path.includes(':');
  return async (request, server) => {
    const context = {
      requestId: random.uuid(),
      dialect,
      arrivedMs: clock.monotonicMs(),
      parameters: hasParameters ? (request.params as Record<string, string>) : {},
      clientAddress: rememberFirst(() =>
        findClientAddress(
          server.requestIP(request)?.address,
          request.headers.get('x-forwarded-for'),
          trustedProxies,
        ),
      ),
      mayTakeLong: () => server.timeout(request, 0),
    };
    try {
      const response = await route.handle(request, context);
      if (route.namesAnswers) return response;
      if (!response.headers.has('x-request-id')) response.headers.set('x-request-id', context.requestId);
      return response;
    } catch (error) {
      // A broken invariant stops this request and is reported; the caller learns where to look, not what.
      log.error('assertion-broken', { request: context.requestId, error: errorFact(error) });
      return answerFailure(internalError(context.requestId), context);
    }
  };
}

/** A connection that has closed since says nothing of its other end, so what it said first stands. */
function rememberFirst(find: () => NetworkAddress | undefined): () => NetworkAddress | undefined {
  let found: NetworkAddress | undefined;
  return () => {
    found ??= find();
    return found;
  };
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;
const EVERY_METHOD = [...METHODS, 'OPTIONS'] as const;

/** Every other method of a known path says which ones there are. */
function closed(
  { random }: ServerParts,
  path: string,
  methods: Record<string, Handler>,
): Record<string, Handler> {
  const allowed = Object.keys(methods).filter((method) => method !== 'OPTIONS');
  const dialect = path.startsWith('/openai') ? 'openai' : 'xai';
  const refuse = () => {
    const response = answerFailure(wrongMethod(allowed.join(', ')), { dialect, requestId: random.uuid() });
    response.headers.set('allow', allowed.join(', '));
    return response;
  };
  const rest = METHODS.filter(
    (method) => methods[method] === undefined && !(method === 'HEAD' && methods.GET),
  );
  return { ...Object.fromEntries(rest.map((method) => [method, refuse])), ...methods };
}

/** Unknown paths. A path that ends like a known one is answered with where that one is. */
function fallback({ random, apiRoutes }: ServerParts, request: Request): Response {
  if (request.method === 'OPTIONS') return preflight(request);
  // The target of a CONNECT is no URL, and a path like nothing here.
  const pathname = withoutSlashes(URL.parse(request.url)?.pathname ?? '');
  const meant = apiRoutes.find(({ path }) => !path.includes(':') && pathname.endsWith(path));
  const dialect = pathname.startsWith('/openai') ? 'openai' : 'xai';
  const base = dialect === 'openai' ? '/openai/v1' : '/v1';
  return answerFailure(
    unknownRoute(meant === undefined ? undefined : `${meant.method} ${base}${meant.path}`),
    {
      dialect,
      requestId: random.uuid(),
    },
  );
}

/** The path without slashes at its end. A pattern for that takes a second for a path of nothing but slashes. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}
