import { AttemptBrake, type BrakeLimits } from '../../identity/sign-in/attempt-brake.ts';
import type { Clock } from '../../ports/clock.ts';
import { networkOf } from '../client-network.ts';
import type { ApiCall } from './api-route.ts';
import { type Problem, problem } from './problem.ts';

/** A link's token cannot be guessed; this is so that nobody keeps the database busy with trying. */
const TOKEN_LIMITS: BrakeLimits = { mostFailures: 20, windowMs: 900_000, mostRemembered: 10_000 };

/** Begins an attempt of whoever calls: why it may not be made, or what to say when it went well. */
export type BrakeCallers = (call: Pick<ApiCall, 'clientAddress'>) => Problem | (() => void);

/** Slows whoever tries, by the network that they come from. */
export function brakeCallers(clock: Pick<Clock, 'monotonicMs'>, limits = TOKEN_LIMITS): BrakeCallers {
  const brake = new AttemptBrake(clock, limits);
  return (call) => {
    const network = networkOf(call.clientAddress());
    const { waitMs } = brake.begin(network);
    return waitMs > 0 ? problem('too-many-attempts', { waitMs }) : () => brake.succeeded(network);
  };
}
