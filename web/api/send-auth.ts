/** What better-auth says when something is not done: a code of a closed list, for which pages have words. */
export class AuthRefused extends Error {
  override readonly name = 'AuthRefused';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/** Sends something to the sign-in routes. Rejects with `AuthRefused`, or as `fetch` does. */
export function send<Answer>(path: string, body: unknown): Promise<Answer> {
  return ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': document.documentElement.lang },
    body: JSON.stringify(body),
  });
}

/** Looks at something of the sign-in routes. Rejects as `send` does. */
export function look<Answer>(path: string): Promise<Answer> {
  return ask(path, {});
}

async function ask<Answer>(path: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(`/api/auth${path}`, init);
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as Answer;
  throw new AuthRefused(response.status, (answer as { code?: string } | undefined)?.code ?? 'UNKNOWN');
}
