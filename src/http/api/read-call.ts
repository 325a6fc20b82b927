import * as z from 'zod';
import { isFailure } from '../../domain/failure.ts';
import type { Language } from '../../language/choose-language.ts';
import type { BodyReader } from '../read-body.ts';
import { type Problem, problem } from './problem.ts';
import type { ProblemCode } from './problem-words-en.ts';

const SENTENCES = { en: z.locales.en().localeError, zh: z.locales.zhCN().localeError };

/** What a schema makes of a query or a body, or what is wrong with the first member that is. */
export function check(schema: z.ZodType, value: unknown, language: Language): { value: unknown } | Problem {
  const read = schema.safeParse(value, { error: SENTENCES[language] });
  if (read.success) return { value: read.data };
  const [issue] = read.error.issues;
  const field = issue?.path.map(String).join('.') || undefined;
  if (issue?.code === 'unrecognized_keys') return problem('unknown-field', { field: issue.keys[0] });
  return problem('bad-field', { field, detail: issue?.message });
}

/** A query as an object. A name that is given twice is a list, which no schema here takes by mistake. */
export function queryOf(url: URL): Record<string, unknown> {
  const query = new Map<string, string | string[]>();
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    query.set(name, values.length === 1 ? (values[0] ?? '') : values);
  }
  return Object.fromEntries(query);
}

const BODY_PROBLEMS: Readonly<Record<number, ProblemCode>> = {
  408: 'slow-body',
  413: 'body-too-large',
  415: 'not-json',
  503: 'too-many',
};

/** The JSON of a body within its limits. */
export async function readJson(bodies: BodyReader, request: Request): Promise<{ value: unknown } | Problem> {
  if (request.headers.get('content-type') === null) return problem('not-json');
  const body = await bodies.read(request);
  if (isFailure(body)) return problem(BODY_PROBLEMS[body.httpStatus] ?? 'malformed-json');
  try {
    return { value: JSON.parse(body.text) };
  } catch {
    return problem('malformed-json');
  } finally {
    body.release();
  }
}
