import type { NetworkAddress } from '../domain/network-address.ts';
import type { Dialect } from '../protocol/xai-chat/error.ts';

/** What a route gets besides the request. */
export interface RouteContext {
  /** A bare UUID: `x-request-id`, and the id of the answer. */
  readonly requestId: string;
  readonly dialect: Dialect;
  /** Monotonic, when the head had arrived. */
  readonly arrivedMs: number;
  /** Path parameters by name, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Where the caller is; undefined when it cannot be known. The same answer however often it is asked. */
  readonly clientAddress: () => NetworkAddress | undefined;
  /** Lifts the connection's idle limit for this request; answers of models may be silent for minutes. */
  readonly mayTakeLong: () => void;
}

/** One path and method. The handler lists its guards in order. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** Below the API's base, such as `/chat/completions`; `:name` is a parameter. */
  readonly path: string;
  /** All its answers carry `x-request-id` already; where calls are many, looking into each answer for it costs. */
  readonly namesAnswers?: boolean;
  readonly handle: (request: Request, context: RouteContext) => Promise<Response> | Response;
}
