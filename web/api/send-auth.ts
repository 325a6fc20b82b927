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
export async function send<Answer>(path: string, body: unknown): Promise<Answer> {
  const response = await fetch(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as Answer;
  throw new AuthRefused(response.status, (answer as { code?: string } | undefined)?.code ?? 'UNKNOWN');
}
