import * as z from 'zod';
import { Count } from './scalars.ts';

/** How the small model on this machine stands; also the data of `event: state`. */
export const LocalModel = z.object({
  phase: z.enum(['off', 'fetching', 'starting', 'running', 'paused', 'failed']),
  part: z.enum(['engine', 'weights']).nullable().meta({ description: 'What is being fetched.' }),
  doneBytes: Count.nullable(),
  totalBytes: Count.nullable(),
  bytesPerSecond: Count.nullable(),
  modelName: z.string().nullable(),
  fault: z.string().nullable(),
});
export type LocalModel = z.infer<typeof LocalModel>;

export const LocalModelOrder = z.strictObject({
  order: z.enum(['begin', 'pause', 'cancel']).meta({ description: 'What is fetched stays after a pause.' }),
});
