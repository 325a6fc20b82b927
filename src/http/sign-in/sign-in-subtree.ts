import { isFailure } from '../../domain/failure.ts';
import { AttemptBrake, type BrakeLimits } from '../../identity/sign-in/attempt-brake.ts';
import type { SignIn } from '../../identity/sign-in/open-sign-in.ts';
import { type Clock, within } from '../../ports/clock.ts';
import { isSameOrigin } from '../api/same-origin.ts';
import type { SignInWays } from '../api/wire/sign-in-ways.ts';
import { addressText, networkOf } from '../client-network.ts';
import { BodyReader } from '../read-body.ts';
import type { RouteContext } from '../route.ts';
import type { Subtree } from '../server.ts';
import { providerRequest } from './provider-request.ts';

/** What pages use. Everything else that better-auth could answer is not there. */
const PATHS: ReadonlySet<string> = new Set([
  'GET /get-session',
  'POST /sign-up/email',
  'POST /sign-in/email',
  'POST /sign-out',
  'POST /change-password',
  'POST /sign-in/social',
  'POST /two-factor/enable',
  'POST /two-factor/disable',
  'POST /two-factor/verify-totp',
  'POST /two-factor/verify-backup-code',
  'POST /two-factor/generate-backup-codes',
  'POST /mail/forgot',
  'POST /mail/reset',
  'POST /mail/code',
  'POST /sign-in/mail-code',
  'POST /mail/confirm',
  'POST /mail/change',
  'POST /mail/confirmed',
  'POST /passkey/challenge',
  'POST /sign-in/passkey',
]);

/** Where a password, a code or a link is tried. */
const GUESSABLE: ReadonlySet<string> = new Set([
  '/sign-in/email',
  '/sign-up/email',
  '/change-password',
  '/sign-in/mail-code',
  '/sign-in/passkey',
  '/mail/reset',
  '/mail/change',
  '/mail/confirmed',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
  '/two-factor/generate-backup-codes',
]);

/** Where a letter is asked for. It counts whether one is sent, since only we know. */
const LETTERS: ReadonlySet<string> = new Set(['/mail/forgot', '/mail/code', '/mail/confirm', '/mail/change']);

const MINUTE_MS = 60_000;
/** A person mistypes a few times; a guesser gets a thousand tries a day, which finds no password that is taken here. */
const ACCOUNT_LIMITS: BrakeLimits = { mostFailures: 10, windowMs: 15 * MINUTE_MS, mostRemembered: 10_000 };
/** An office shares an address. */
const ADDRESS_LIMITS: BrakeLimits = { mostFailures: 50, windowMs: 15 * MINUTE_MS, mostRemembered: 10_000 };
/** Nobody is buried in letters, and nobody guesses at code after code. */
const LETTER_LIMITS: BrakeLimits = { mostFailures: 5, windowMs: 30 * MINUTE_MS, mostRemembered: 10_000 };
const LETTERS_OF_ADDRESS: BrakeLimits = {
  mostFailures: 60,
  windowMs: 30 * MINUTE_MS,
  mostRemembered: 10_000,
};

/**
 * Every visit to the page of sign-in asks for something that a passkey may sign, and an office shares an address; but it
 * is kept, so that all together are not so many that the table would be felt.
 */
const CHALLENGES_OF_ADDRESS: BrakeLimits = {
  mostFailures: 300,
  windowMs: 5 * MINUTE_MS,
  mostRemembered: 10_000,
};
const ALL_CHALLENGES: BrakeLimits = { mostFailures: 20_000, windowMs: 5 * MINUTE_MS, mostRemembered: 1 };

/** Names, addresses and passwords; nothing here is longer. */
const MOST_BODY_CHARACTERS = 16_384;

/** A provider is asked for its addresses, for a token and for its keys; whoever waits longer has gone. */
const PROVIDER_MS = 20_000;

const PREFIX = '/api/auth';

export interface SignInSubtreeParts {
  /** Loaded by whoever asks first. */
  readonly signIn: () => Promise<SignIn>;
  /** What anybody may know about how one signs in here. */
  readonly ways: () => SignInWays;
  /** Those whose callbacks are listened to. */
  readonly providers: readonly string[];
  readonly clientAddressHeader: string;
  /** Origins of this server besides the host that a request names. */
  readonly ownOrigins: readonly string[];
  readonly clock: Clock;
}

/** Serves better-auth's wire: only the paths that are used, from our own pages, and not to whoever guesses. */
export function signInSubtree({
  signIn,
  ways,
  providers,
  clientAddressHeader,
  ownOrigins,
  clock,
}: SignInSubtreeParts): Subtree {
  const accounts = new AttemptBrake(clock, ACCOUNT_LIMITS);
  const addresses = new AttemptBrake(clock, ADDRESS_LIMITS);
  const letters = new AttemptBrake(clock, LETTER_LIMITS);
  const lettersOfAddress = new AttemptBrake(clock, LETTERS_OF_ADDRESS);
  const challenges = new AttemptBrake(clock, CHALLENGES_OF_ADDRESS);
  const allChallenges = new AttemptBrake(clock, ALL_CHALLENGES);
  const callbacks = new Set(providers.map((id) => `/callback/${id}`));
  const bodies = new BodyReader(clock);

  async function guarded(request: Request, context: RouteContext): Promise<Response> {
    const path = new URL(request.url).pathname.slice(PREFIX.length);
    if (path === '/ways' && request.method === 'GET') return Response.json(ways());
    const isCallback = request.method === 'GET' && callbacks.has(path);
    if (!isCallback && !PATHS.has(`${request.method} ${path}`))
      return answer(404, 'NOT_FOUND', 'There is nothing here.');
    const headers = new Headers(request.headers);
    const address = addressText(context.clientAddress());
    headers.set(clientAddressHeader, address);
    const { handle } = await signIn();
    if (isCallback) return fromProvider(clock, handle(new Request(request.url, { headers })));
    if (request.method === 'GET') return handle(new Request(request.url, { headers }));

    if (!isSameOrigin(request.headers, ownOrigins))
      return answer(403, 'FOREIGN_ORIGIN', 'Sign in on this server’s own page.');
    const read = await readBody(bodies, request);
    if (read instanceof Response) return read;
    const sent = path === '/sign-in/social' ? providerRequest(read) : read;
    const forwarded = new Request(request.url, { method: 'POST', headers, body: JSON.stringify(sent) });
    const network = networkOf(context.clientAddress());
    const email = emailIn(read);
    const tries: [AttemptBrake, string][] = [];
    if (GUESSABLE.has(path)) {
      tries.push([addresses, network]);
      if (email !== undefined) tries.push([accounts, email]);
    }
    const asked: [AttemptBrake, string][] = [];
    if (LETTERS.has(path)) {
      asked.push([lettersOfAddress, network]);
      if (email !== undefined) asked.push([letters, email]);
    }
    if (path === '/passkey/challenge') asked.push([challenges, network], [allChallenges, 'everybody']);
    const waitMs = begin([...tries, ...asked]);
    if (waitMs > 0) return tooMany(waitMs);
    const response =
      path === '/sign-in/social'
        ? ((await within(clock, PROVIDER_MS, handle(forwarded))) ??
          answer(504, 'PROVIDER_AWAY', 'The provider did not answer.'))
        : await handle(forwarded);
    if (response.ok) for (const [brake, subject] of tries) brake.succeeded(subject);
    return response;
  }

  return {
    prefix: `${PREFIX}/`,
    async handle(request, context) {
      const response = await guarded(request, context);
      response.headers.set('cache-control', 'no-store');
      return response;
    },
  };
}

/** Somebody comes back from a provider: a page of ours follows, whatever came of it. */
async function fromProvider(clock: Clock, handled: Promise<Response>): Promise<Response> {
  const response = await within(clock, PROVIDER_MS, handled);
  if (response === undefined)
    return new Response(null, { status: 302, headers: { location: '/sign-in?error=PROVIDER_AWAY' } });
  const cookies = response.headers.getSetCookie();
  const isAsked = cookies.some((line) => SECOND_FACTOR.test(line));
  if (!isAsked && response.status >= 300 && response.status < 400) return response;
  const headers = new Headers({
    location: isAsked ? '/sign-in?step=second' : '/sign-in?error=PROVIDER_FAILED',
  });
  for (const line of cookies) headers.append('set-cookie', line);
  return new Response(null, { status: 302, headers });
}

/** Set where somebody has passed the first factor, and a second one is to follow. */
const SECOND_FACTOR = /^[^=]*\.two_factor=[^;]/;

/** Whose account or letter it is about. */
function emailIn({ email, newEmail }: Readonly<Record<string, unknown>>): string | undefined {
  const named = email ?? newEmail;
  return typeof named === 'string' ? named.trim().toLowerCase().slice(0, 320) : undefined;
}

/** How long to wait. What one brake stops does not count for those after it, which are about more than one caller. */
function begin(attempts: readonly (readonly [AttemptBrake, string])[]): number {
  for (const [brake, subject] of attempts) {
    const { waitMs } = brake.begin(subject);
    if (waitMs > 0) return waitMs;
  }
  return 0;
}

async function readBody(
  bodies: BodyReader,
  request: Request,
): Promise<Readonly<Record<string, unknown>> | Response> {
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers.get('content-type') ?? ''))
    return answer(415, 'NOT_JSON', 'Send JSON, with the header content-type: application/json.');
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BODY_CHARACTERS) return tooLarge();
  const body = await bodies.read(request);
  if (isFailure(body)) return answer(body.httpStatus, 'BAD_BODY', 'The body could not be read.');
  try {
    if (body.text.length > MOST_BODY_CHARACTERS) return tooLarge();
    const value: unknown = body.text === '' ? {} : JSON.parse(body.text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Said below.
  } finally {
    body.release();
  }
  return answer(400, 'MALFORMED_JSON', 'The body has to be a JSON object.');
}

function tooLarge(): Response {
  return answer(413, 'BODY_TOO_LARGE', 'The body is too large.');
}

function tooMany(waitMs: number): Response {
  const waitS = Math.ceil(waitMs / 1_000);
  const response = answer(429, 'TOO_MANY_ATTEMPTS', `Too many attempts. Try again in ${waitS} seconds.`);
  response.headers.set('retry-after', String(waitS));
  return response;
}

/** As better-auth answers; pages find the sentence in the reader's language by the code. */
function answer(status: number, code: string, message: string): Response {
  return Response.json({ code, message }, { status });
}
