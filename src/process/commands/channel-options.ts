import { list, option } from './parameter.ts';
import { count, modalities, secret, text } from './value-kind.ts';

/** A channel as people see it. */
export const CHANNEL_FIELDS = [
  'name',
  'kind',
  'base_url',
  'has_key',
  'models',
  'input_modalities',
  'context_tokens',
  'priority',
  'enabled',
  'id',
];

/** What may be said of a channel when it is added and when it is changed. */
export const CHANNEL_OPTIONS = {
  baseUrl: option(text('URL')),
  key: option(secret),
  model: list(text('MODEL[=NAME]')),
  input: option(modalities),
  context: option(count),
  priority: option(count),
};
