import { facts } from './command.ts';

/** A model as people see it, one fact a line. */
export const MODEL_FACTS = facts(
  'id',
  'aliases',
  'enabled',
  'input_modalities',
  'context_tokens',
  'maximum_output_tokens',
  'limits',
  'input_ticks_per_token',
  'output_ticks_per_token',
  'owned_by',
  'created_at',
);
