import type { Refusal } from '../../domain/refusal.ts';
import type { Language } from '../../language/choose-language.ts';
import { problemSentences, refusalSentence } from './problem-sentences.ts';
import type { ProblemCode } from './problem-words-en.ts';
import type { Problem as ProblemWire } from './wire/problem.ts';

/** Why a request of a page is not done: the closed list of this API, beside the refusals of the use-cases. */
export interface Problem {
  readonly kind: 'problem';
  readonly code: ProblemCode;
  readonly field?: string | undefined;
  /** What is wrong with the field, in the caller's language, where that is known. */
  readonly detail?: string | undefined;
  /** How long to wait before it is tried again. */
  readonly waitMs?: number | undefined;
}

export function problem(code: ProblemCode, about: Omit<Problem, 'kind' | 'code'> = {}): Problem {
  return { kind: 'problem', code, ...about };
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'problem';
}

/** Statuses; what is not named here was a wrong request. Others' objects are unknown ones and never forbidden. */
const STATUS: Partial<Record<ProblemCode, number>> = {
  'not-signed-in': 401,
  'sign-in-again': 401,
  'not-allowed': 403,
  'foreign-origin': 403,
  'not-found': 404,
  'wrong-method': 405,
  'slow-body': 408,
  'body-too-large': 413,
  'not-json': 415,
  'too-many': 429,
  'too-many-attempts': 429,
  internal: 500,
  unavailable: 503,
};

export function answerProblem({ code, field, detail, waitMs }: Problem, language: Language): Response {
  const sentence = problemSentences(language)[code];
  const message = detail === undefined ? sentence : `${sentence} ${detail}`;
  const error = { code, message, ...(field === undefined ? {} : { field }) };
  const response = answerError(STATUS[code] ?? 400, error);
  if (waitMs !== undefined) response.headers.set('retry-after', String(Math.ceil(waitMs / 1_000)));
  return response;
}

/** A use-case did not do what was asked. What belongs to others is unknown; what is taken is a conflict. */
export function answerRefusal(refusal: Refusal, language: Language): Response {
  return answerError(refusalStatus(refusal.code), {
    code: refusal.code,
    message: refusalSentence(refusal, language),
  });
}

function refusalStatus(code: string): number {
  if (code.startsWith('unknown-')) return 404;
  return /-taken$|-exists$|^already-|-over$|^not-enough$|^last-owner$|^transaction-differs$|-is-revoked$|^code-/.test(
    code,
  )
    ? 409
    : 422;
}

function answerError(status: number, error: ProblemWire['error']): Response {
  return Response.json({ error } satisfies ProblemWire, { status, headers: { 'cache-control': 'no-store' } });
}
