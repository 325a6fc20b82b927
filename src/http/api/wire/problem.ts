import * as z from 'zod';

/** Every answer that is not what was asked for. */
export const Problem = z.object({
  error: z.object({
    code: z.string().meta({ description: 'Kebab-case and stable; programs decide by it.' }),
    message: z.string().meta({ description: "What failed and what to do, in the caller's language." }),
    field: z.string().optional().meta({ description: 'The member of the body or query that is meant.' }),
  }),
});
export type Problem = z.infer<typeof Problem>;
