import type { OpenModel } from './open-model.ts';
import { createPromptRenderer, type RenderPrompt } from './prompt-renderer.ts';
import { SLOT_LIMITS, Slots } from './slots.ts';
import { createTokenBytes } from './token-bytes.ts';

/** Everything that a request needs. */
export interface Engine {
  readonly modelName: string;
  readonly open: OpenModel;
  readonly renderPrompt: RenderPrompt;
  readonly tokenBytes: (token: number) => Uint8Array;
  readonly slots: Slots;
  /** Waits for one step of the model; when it takes impossibly long, the whole process ends. */
  readonly step: <T>(work: Promise<T>) => Promise<T>;
}

/** The slowest sane step: a piece of a prompt, read by a large model on one slow core. */
const STEP_DEADLINE_MS = 300_000;

/** `onStuck` is called when native code does not come back; nothing in this process can interrupt it. */
export function createEngine(modelName: string, open: OpenModel, onStuck: () => void): Engine {
  return {
    modelName,
    open,
    renderPrompt: createPromptRenderer(open.model, open.templates),
    tokenBytes: createTokenBytes(open.model),
    slots: new Slots(open.sequences, SLOT_LIMITS),
    async step(work) {
      const timer = setTimeout(onStuck, STEP_DEADLINE_MS);
      try {
        return await work;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
