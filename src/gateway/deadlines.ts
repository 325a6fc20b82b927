/** Every wait of the pipeline has its end here, in milliseconds. */

/** Until the upstream's response head. Thinking models may be silent for minutes before a whole answer. */
export const UPSTREAM_HEAD_MS = 600_000;

/** For the words of an upstream that has refused; without them the refusal is one all the same. */
export const REFUSAL_BODY_MS = 2_000;

/** Between two pieces of an upstream's body. Open streams survive five minutes of silence; ten are a dead peer. */
export const UPSTREAM_STALL_MS = 600_000;

/** From the call to the answer's last byte, whatever trickles in on the way. */
export const ANSWER_MS = 3_600_000;

/** A reader that takes nothing for this long has gone, whatever its socket says. */
export const READER_STALL_MS = 600_000;

/** Until a stream's head is sent although the upstream is still silent; proxies in between give up after that. */
export const EARLY_HEAD_MS = 8_000;

/** Between two signs of life while nothing else is written. */
export const HEARTBEAT_MS = 8_000;

/** A call that waits in line because other open holds have its credit. */
export const CREDIT_WAIT_MS = 10_000;

/** A call that is too early only by a moment for the per-second limit. */
export const LIMIT_PATIENCE_MS = 2_000;

/** Between two notes of what a running stream has used. */
export const CHECKPOINT_MS = 5_000;

/** Until a key that changed under an open request is looked at again, where the store did not answer. */
export const KEY_LOOK_AGAIN_MS = 1_000;
