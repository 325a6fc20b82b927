/** What may stand in a log line: short facts. Never a prompt, an answer, a key or a token. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Structured logging; one JSON object a line in production. */
export interface Log {
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts): void;
}
