import { createHash } from 'node:crypto';
import { GenerationRoom } from '../../src/chat/generation-room.ts';
import { LatencyBook } from '../../src/console/latency-book.ts';
import { preferencesOf } from '../../src/console/preferences.ts';
import { SingleTask } from '../../src/console/single-task.ts';
import { noUpstream } from '../../src/domain/failure.ts';
import { allRoutes } from '../../src/http/api/all-routes.ts';
import { createApi } from '../../src/http/api/api-app.ts';
import type { ApiPorts } from '../../src/http/api/api-ports.ts';
import type { ApiRoute } from '../../src/http/api/api-route.ts';
import { LiveAnswers } from '../../src/http/api/event-stream.ts';
import { BodyReader } from '../../src/http/read-body.ts';
import { createUser } from '../../src/identity/create-user.ts';
import { personFault } from '../../src/identity/person-fault.ts';
import type { SignedIn } from '../../src/identity/session.ts';
import type { OrganizationRow } from '../../src/storage/account-store.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { dial } from '../../src/upstream/dial.ts';
import { LocalModelDesk } from '../../src/upstream/local-engine/local-model-desk.ts';
import { ManualClock } from './manual-clock.ts';
import { expectDone } from './test-accounts.ts';
import { testModel } from './test-gateway.ts';

export interface TestPerson extends SignedIn {
  readonly team: OrganizationRow;
}

/** The API of the pages over a real storage; a session is a person's id in a header. */
export interface TestApi {
  readonly ports: ApiPorts;
  readonly routes: readonly ApiRoute[];
  readonly clock: ManualClock;
  person(email: string, role?: SignedIn['role']): Promise<TestPerson>;
  /** Signs somebody in who is in the storage already. */
  admit(person: Pick<SignedIn, 'userId' | 'email' | 'name' | 'role'>): SignedIn;
  /** Ends the person's session. */
  signOut(person: SignedIn): void;
  /** As a page asks: with the person's session, from this server's own origin. */
  ask(person: SignedIn | undefined, method: string, path: string, body?: unknown): Promise<TestAnswer>;
  /** The same with headers of one's own. */
  raw(path: string, init: RequestInit): Promise<Response>;
}

export interface TestAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any;
  readonly text: string;
}

const HOST = 'llm.example.com';

export function openTestApi(
  storage: Storage,
  options: Partial<
    Pick<
      ApiPorts,
      'answerPerson' | 'localModel' | 'mail' | 'passwords' | 'changed' | 'signInProviders' | 'troubles'
    >
  > = {},
): TestApi {
  const clock = new ManualClock();
  const people = new Map<string, SignedIn>();
  let uuids = 0;
  const random: ApiPorts['random'] = {
    bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    uuid: () => `00000000-0000-4000-8000-${String(++uuids).padStart(12, '0')}`,
  };
  const log = { info() {}, warn() {}, error: console.error };
  const ports: ApiPorts = {
    ...storage,
    passwords: options.passwords ?? {
      hash: async (password) => `hash of ${password}`,
      verify: async (password, hash) => hash === `hash of ${password}`,
    },
    signInProviders: options.signInProviders ?? [],
    mail: options.mail,
    ownUrl: () => `https://${HOST}`,
    fixedSettings: new Map(),
    signInAs: async ({ email }) => [`session=${email}`],
    clock,
    random,
    chat: {
      ...{ chats: storage.chats, reports: storage.reports, clock, random, log },
      ...{ processId: 'process-1', room: new GenerationRoom() },
    },
    changed: options.changed ?? (() => {}),
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    seal: (text) => `sealed(${text.length})`,
    answerPerson: options.answerPerson ?? (async () => noUpstream('grok-beta')),
    bodies: new BodyReader(clock),
    latency: new LatencyBook(),
    troubles: options.troubles ?? (() => []),
    live: new LiveAnswers(),
    models: () => [{ model: testModel(), contextTokens: 131_072, simulated: true, upstream: 'simulator' }],
    limitsLeft: () => [],
    dial,
    localModel: options.localModel ?? idleLocalModel(clock),
    upstreamOf: () => undefined,
    environmentSettings: () => [],
    upkeepTasks: {
      audits: new SingleTask(clock, () => storage.ledger.audit(undefined), console.error),
      backups: {
        task: new SingleTask(clock, async () => ({ name: 'x', sizeBytes: 1, madeAtMs: 1 }), console.error),
        unavailable: undefined,
        list: async () => [],
        open: async () => undefined,
      },
      describeFinding: ({ kind }) => kind,
      diagnose: async () => [
        { state: 'ok', code: 'clock-ok', sentence: 'The clock is right.', remedy: null },
      ],
      clock,
    },
    machine: async () => ({
      openRequests: 0,
      database: { engine: storage.engine, sizeBytes: null },
      disk: null,
      version: '0.0.0',
      startedAtMs: 0,
    }),
    callerOf({ signedIn: { userId }, team, request }, door) {
      const session = async () => people.get(request.headers.get('x-test-person') ?? '');
      const fault = () => personFault(storage, team.id, userId, session);
      return { door, userId, organizationId: team.id, fault };
    },
    installation: async () => ({
      version: '0.0.0',
      baseUrls: { xai: `https://${HOST}/v1`, openai: `https://${HOST}/openai/v1` },
      isSimulated: true,
      registration: 'closed',
      limitsEnabled: true,
    }),
  };
  const routes = allRoutes(ports);
  const answer = createApi({
    routes,
    readSession: async (headers) => people.get(headers.get('x-test-person') ?? ''),
    directory: storage.directory,
    languageOf: async (userId) => (await preferencesOf(storage, userId)).language ?? undefined,
    ownOrigins: [],
    version: '0.0.0',
    activity: storage.activity,
    random: ports.random,
    clock,
    log,
  });
  const raw: TestApi['raw'] = (path, init) =>
    answer(new Request(`http://${HOST}/api/v1${path}`, init), {
      requestId: crypto.randomUUID(),
      dialect: 'xai',
      arrivedMs: clock.monotonicMs(),
      parameters: {},
      clientAddress: () => undefined,
      mayTakeLong: () => {},
    });
  const admit: TestApi['admit'] = (who) => {
    const person = { ...who, sessionId: `session-${who.userId}`, signedInAtMs: clock.nowMs() };
    people.set(who.userId, person);
    return person;
  };
  return {
    ports,
    routes,
    admit,
    clock,
    raw,
    signOut: ({ userId }) => void people.delete(userId),
    async person(email, role = 'user') {
      const { user, team } = expectDone(await createUser({ ...ports, actor: 'test' }, { email, role }));
      const { id: userId, name } = user;
      const person = {
        userId,
        email,
        name,
        role,
        sessionId: `session-${userId}`,
        signedInAtMs: clock.nowMs(),
        team,
      };
      people.set(userId, person);
      return person;
    },
    async ask(person, method, path, body) {
      const response = await raw(path, {
        method,
        headers: {
          host: HOST,
          origin: `http://${HOST}`,
          ...(person && { 'x-test-person': person.userId }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.startsWith('application/json');
      return { status: response.status, text, body: isJson ? JSON.parse(text) : undefined };
    },
  };
}

/** Nothing is fetched in tests. */
function idleLocalModel(clock: ManualClock): ApiPorts['localModel'] {
  return new LocalModelDesk({
    clock,
    prepare: async () => ({ prepared: undefined, failed: [] }),
    start: () => Promise.reject(new Error('there is no engine here')),
    discard: async () => {},
    adopt: () => {},
  });
}
