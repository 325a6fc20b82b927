/** A request that the simulator does not answer, in the terms of an OpenAI error. */
export interface Refusal {
  readonly status: number;
  readonly type: 'invalid_request_error' | 'rate_limit_error' | 'server_error';
  readonly message: string;
  /** The field at fault. */
  readonly param: string | null;
  readonly code: string | null;
}

/** The request is wrong, and `message` says how it would be right. */
export function refuse(param: string | null, message: string): Refusal {
  return { status: 400, type: 'invalid_request_error', message, param, code: null };
}

export function isRefusal<T>(value: T | Refusal): value is Refusal {
  return typeof value === 'object' && value !== null && 'status' in value && 'param' in value;
}

/** The body of the answer. */
export function writeRefusal({ message, type, param, code }: Refusal): string {
  return JSON.stringify({ error: { message, type, param, code } });
}
