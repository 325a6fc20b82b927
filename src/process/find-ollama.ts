/** Where Ollama listens unless told otherwise. */
const OLLAMA_URL = 'http://127.0.0.1:11434';
const DEADLINE_MS = 300;

/** The address of an Ollama on this machine, if one answers. It is offered in words and never adopted. */
export async function findOllama(): Promise<string | undefined> {
  try {
    const response = await fetch(`${OLLAMA_URL}/api/version`, {
      signal: AbortSignal.timeout(DEADLINE_MS),
      redirect: 'manual',
    });
    const answer = (await response.json()) as { version?: unknown };
    return response.ok && typeof answer.version === 'string' ? OLLAMA_URL : undefined;
  } catch {
    return undefined;
  }
}
