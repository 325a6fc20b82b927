/** What this API says when something is not done; the message is in the reader's language. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;
  readonly status: number;
  /** The member of the body that it is about. */
  readonly field: string | undefined;

  constructor(status: number, code: string, message: string, field: string | undefined) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

const BASE = '/api/v1';

/** Asks the console's API; `more` are headers. Rejects with `Refused`, or as `fetch` does. */
export async function ask<Answer>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await send(method, path, body, signal, more);
  return (await response.json()) as Answer;
}

/** Sends, and answers with what came when it was done; its body has not been read. */
export async function send(
  method: string,
  path: string,
  body: unknown,
  signal?: AbortSignal,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const response = await fetch(BASE + path, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      'accept-language': document.documentElement.lang,
      ...more,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal !== undefined && { signal }),
  });
  if (response.ok) return response;
  const { error } = (await response.json().catch(() => ({}))) as {
    error?: { code: string; message: string; field?: string };
  };
  throw new Refused(response.status, error?.code ?? 'unknown', error?.message ?? '', error?.field);
}

/** The events of an answer to a POST, which `EventSource` cannot make, as they arrive. */
export async function* askForEvents<Event>(
  path: string,
  body: unknown,
  signal: AbortSignal,
): AsyncGenerator<Event> {
  const response = await send('POST', path, body, signal);
  const reader = (response.body ?? new Blob([]).stream()).pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (rest + value).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data !== undefined) yield JSON.parse(data) as Event;
    }
  }
}
