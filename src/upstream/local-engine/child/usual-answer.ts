/**
 * The longest answer of a call that does not say how long it may be. A small model that takes the likeliest word each
 * time may never come to an end; whoever asked without a limit would wait for minutes until the context is full. An
 * answer of such a model that is longer than this is nearly always the same words again.
 */
export const USUAL_ANSWER_TOKENS = 1_024;
