/**
 * The driver's side of `client-under-test.ts`: reads one JSON line a scenario from standard input, runs it, and writes
 * one JSON line with what came of it. Scenarios may overlap. Plain JavaScript, because it runs on the Node that the
 * client's users have.
 */
import { createInterface } from 'node:readline';

/** `scenarios` is a table of functions by name; each gets `{ url, key, ... }` and answers something for JSON. */
export function serveScenarios(scenarios) {
  createInterface({ input: process.stdin }).on('line', async (line) => {
    const { answerTo, scenario, input } = JSON.parse(line);
    let reply;
    try {
      if (!Object.hasOwn(scenarios, scenario)) throw new Error(`there is no scenario of this name`);
      reply = { answerTo, value: (await scenarios[scenario](input)) ?? null };
    } catch (error) {
      reply = { answerTo, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  });
}

/** What a client throws, and of which of its classes it is; undefined when it throws nothing. */
export async function thrownBy(attempt, classes = {}) {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    return describeError(error, classes);
  }
}

/** An error in words for JSON. `classes` are the client's own, by name. */
export function describeError(error, classes = {}) {
  return {
    name: error?.name,
    message: error?.message,
    status: error?.status ?? error?.statusCode,
    code: error?.code,
    type: error?.type,
    isRetryable: error?.isRetryable,
    is: Object.entries(classes).flatMap(([name, value]) => (isOf(error, value) ? [name] : [])),
  };
}

/** Some classes tell their errors by a mark of their own, so that two copies of a package agree. */
function isOf(error, value) {
  return typeof value.isInstance === 'function' ? value.isInstance(error) : error instanceof value;
}
