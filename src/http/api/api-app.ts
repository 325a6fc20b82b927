import { Hono } from 'hono';
import type * as z from 'zod';
import { isRefusal } from '../../domain/refusal.ts';
import type { ReadSession } from '../../identity/session.ts';
import { chooseLanguage, type Language } from '../../language/choose-language.ts';
import type { Clock } from '../../ports/clock.ts';
import { errorFact } from '../../ports/error-fact.ts';
import type { Log } from '../../ports/log.ts';
import type { Random } from '../../ports/random.ts';
import type { ActivityStore } from '../../storage/activity-store.ts';
import type { DirectoryStore } from '../../storage/directory-store.ts';
import { InvalidPage } from '../../storage/page.ts';
import { StorageUnavailable } from '../../storage/storage-error.ts';
import { BodyReader } from '../read-body.ts';
import type { RouteContext } from '../route.ts';
import type { ApiCall, ApiRoute, Noted } from './api-route.ts';
import { pass } from './guards.ts';
import { logActivity } from './log-activity.ts';
import { openApiDocument } from './openapi.ts';
import { answerProblem, answerRefusal, isProblem, type Problem, problem } from './problem.ts';
import { check, queryOf, readJson } from './read-call.ts';
import { isSameOrigin } from './same-origin.ts';

export interface ApiAppParts {
  readonly routes: readonly ApiRoute[];
  readonly readSession: ReadSession;
  readonly directory: Pick<DirectoryStore, 'findMember'>;
  /** The language that a person chose for themselves, if they did. */
  readonly languageOf: (userId: string) => Promise<Language | undefined>;
  /** Origins of this server besides the host that a request names, such as the public address behind a proxy. */
  readonly ownOrigins: readonly string[];
  readonly version: string;
  readonly activity: ActivityStore;
  readonly random: Pick<Random, 'uuid'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Answers a request below `/api/v1`. */
export type AnswerApi = (request: Request, context: RouteContext) => Promise<Response>;

const BASE = '/api/v1';

/** A form of a page is smaller than this; routes that take more say so. */
const BODY_BYTES = 131_072;
const ALL_BODIES_BYTES = 67_108_864;
const BODY_DEADLINE_MS = 20_000;

/** Answers are about a person: no cache keeps them, and nothing but a page's script reads them. */
const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** Serves a table of routes: origin, session, guards, query, body, handler, output, in this order. */
export function createApi(parts: ApiAppParts): AnswerApi {
  const app = new Hono<{ Bindings: RouteContext }>();
  // Seldom asked for, and not quickly made.
  let document: ReturnType<typeof openApiDocument> | undefined;
  app.get(`${BASE}/openapi.json`, () => {
    document ??= openApiDocument(parts.routes, parts.version);
    return Response.json(document);
  });
  const paths = new Set(parts.routes.map(({ path }) => path));
  const readerOf = (bodyBytes: number) =>
    new BodyReader(parts.clock, {
      bodyBytes,
      allBodiesBytes: ALL_BODIES_BYTES,
      deadlineMs: BODY_DEADLINE_MS,
    });
  const usual = readerOf(BODY_BYTES);
  for (const route of parts.routes) {
    const bodies = route.bodyBytes === undefined ? usual : readerOf(route.bodyBytes);
    app.on(route.method, BASE + route.path, (context) =>
      answer(parts, route, bodies, context.req.raw, context.req.param(), context.env),
    );
  }
  for (const path of paths) app.all(BASE + path, ({ req }) => plain(req.raw, problem('wrong-method')));
  app.notFound(({ req }) => plain(req.raw, problem('not-found')));
  app.onError((error, { req, env }) => {
    if (error instanceof StorageUnavailable) return plain(req.raw, problem('unavailable'));
    parts.log.error('assertion-broken', { request: env.requestId, error: errorFact(error) });
    return plain(req.raw, problem('internal'));
  });
  return async (request, context) => app.fetch(request, context);
}

async function answer(
  parts: ApiAppParts,
  route: ApiRoute,
  bodies: BodyReader,
  request: Request,
  parameters: Record<string, string>,
  context: RouteContext,
): Promise<Response> {
  if (route.method !== 'GET' && !isSameOrigin(request.headers, parts.ownOrigins))
    return plain(request, problem('foreign-origin'));
  const person = await parts.readSession(request.headers);
  const passed = await pass(route.guards, person, parameters.teamId, parts.directory);
  const language = await languageFor(parts, request, person?.userId);
  if (isProblem(passed)) return answerProblem(passed, language);
  const input = await readInput(route, bodies, request, language);
  if (isProblem(input)) return answerProblem(input, language);
  let noted: Noted = {};
  const headers = new Headers(HEADERS);
  const call: ApiCall = {
    note: (about) => {
      noted = { ...noted, ...about };
    },
    setCookie: (line) => headers.append('set-cookie', line),
    requestId: context.requestId,
    signedIn: passed.signedIn,
    // Only routes with the guard look at it.
    team: passed.team ?? { id: '', role: 'member' },
    parameters,
    ...input,
    language,
    request,
    arrivedMs: context.arrivedMs,
    clientAddress: context.clientAddress,
    mayTakeLong: context.mayTakeLong,
  };
  const answered = await handle(route, call);
  if (answered instanceof Response) return answered;
  if (isRefusal(answered)) return answerRefusal(answered, language);
  if (isProblem(answered)) return answerProblem(answered, language);
  await logActivity(parts, route, call, noted);
  // The schema is the list of what may leave: what a presenter adds by mistake is dropped here.
  const output = (route.output as z.ZodType).parse(answered);
  return Response.json(output, { status: route.status ?? 200, headers });
}

async function handle(route: ApiRoute, call: ApiCall): Promise<unknown> {
  try {
    return await route.handle(call);
  } catch (error) {
    if (error instanceof InvalidPage) return problem('bad-cursor', { field: 'cursor' });
    throw error;
  }
}

async function readInput(
  route: ApiRoute,
  bodies: BodyReader,
  request: Request,
  language: Language,
): Promise<{ query: unknown; body: unknown } | Problem> {
  const query = route.query && check(route.query, queryOf(new URL(request.url)), language);
  if (isProblem(query)) return query;
  if (route.body === undefined) return { query: query?.value, body: undefined };
  const json = await readJson(bodies, request);
  if (isProblem(json)) return json;
  const body = check(route.body, json.value, language);
  return isProblem(body) ? body : { query: query?.value, body: body.value };
}

/** The person's own choice, else what their browser asks for. */
async function languageFor(
  { languageOf }: ApiAppParts,
  request: Request,
  userId: string | undefined,
): Promise<Language> {
  return (userId && (await languageOf(userId))) || asked(request);
}

function asked(request: Request): Language {
  return chooseLanguage(request.headers.get('accept-language') ?? undefined);
}

function plain(request: Request, found: Problem): Response {
  return answerProblem(found, asked(request));
}
