import { readFileSync } from 'node:fs';
import vocabularyPath from 'gpt-tokenizer/data/o200k_base.tiktoken' with { type: 'file' };
import { readVocabulary, type Vocabulary } from './vocabulary.ts';

let loaded: Vocabulary | undefined;

/** The o200k_base vocabulary, read once a process at its first use (about 0.1 s); it never changes. */
export function loadVocabulary(): Vocabulary {
  loaded ??= readVocabulary(readFileSync(vocabularyPath));
  return loaded;
}
