import type * as z from 'zod';
import type { NetworkAddress } from '../../domain/network-address.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { SignedIn } from '../../identity/session.ts';
import type { Language } from '../../language/choose-language.ts';
import type { MemberRow } from '../../storage/account-store.ts';
import type { Guard } from './guards.ts';
import type { Problem } from './problem.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A request that has passed its route's guards and schemas. */
export interface ApiCall<Query = unknown, Body = unknown> {
  readonly requestId: string;
  readonly signedIn: SignedIn;
  /** Of a route with the guard `memberOf`: the team that the path names, and the person's role in it. */
  readonly team: { readonly id: string; readonly role: MemberRow['role'] };
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly language: Language;
  readonly request: Request;
  readonly arrivedMs: number;
  readonly clientAddress: () => NetworkAddress | undefined;
  /** What the log of changes is to say besides the route's own name; the last word stands. */
  readonly note: (about: Noted) => void;
  /** A cookie that goes with the answer, as a whole `Set-Cookie` line. */
  readonly setCookie: (line: string) => void;
  /** For answers that go on for long, such as live ones. */
  readonly mayTakeLong: () => void;
}

/** What a handler knows of the change that it makes. */
export interface Noted {
  /** What was changed, in a name that people know; the path's last parameter when nothing is said. */
  readonly subject?: string;
  /** Who made it, where that is somebody else than who is signed in. */
  readonly actor?: string;
  /** Whose it is, where no path of a team says so. */
  readonly organizationId?: string;
  /** How it was before, member by member as in the body. */
  readonly before?: Readonly<Record<string, unknown>>;
}

/** What a handler may answer: what the output's schema takes, a stream of its own, or why not. */
export type Answer<Output> = Output | Response | Refusal | Problem;

/** One method of one path: the table of these is served, described and walked by tests. */
export interface ApiRoute {
  readonly method: Method;
  /** Below `/api/v1`; `:name` is a parameter. */
  readonly path: string;
  /** One line for the description. */
  readonly summary: string;
  /** Looked at in this order, before anything of the request but its head is read. */
  readonly guards: readonly Guard[];
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The most that a body may have; what a form of a page has is less than the default. */
  readonly bodyBytes?: number;
  /** What is answered; a content type for what is no JSON document. */
  readonly output: z.ZodType | `${string}/${string}`;
  /** What the log of changes calls it, such as `key.change`; absent for what changes nothing that others see. */
  readonly action?: string;
  /** 200 when absent. */
  readonly status?: 201;
  readonly handle: (call: ApiCall) => Promise<Answer<unknown>> | Answer<unknown>;
}

type Input<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Output<Schema> = Schema extends z.ZodType ? z.input<Schema> : Response;

/** Ties a handler's types to its route's schemas. */
export function route<
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
  Out extends z.ZodType | `${string}/${string}` = z.ZodType,
>(
  description: Omit<ApiRoute, 'query' | 'body' | 'output' | 'handle'> & {
    readonly query?: Query;
    readonly body?: Body;
    readonly output: Out;
    readonly handle: (
      call: ApiCall<Input<Query>, Input<Body>>,
    ) => Promise<Answer<Output<Out>>> | Answer<Output<Out>>;
  },
): ApiRoute {
  return description as unknown as ApiRoute;
}
