import type { SourceFile } from 'typescript/unstable/ast';
import { readExportedKeys } from './read-exported-keys.ts';
import { type ExportFact, readExports } from './read-exports.ts';
import { type FunctionFact, readFunctions } from './read-functions.ts';
import { type GlobalUse, readGlobalUses } from './read-global-uses.ts';
import { type ReferenceFact, readReferences } from './read-references.ts';
import { readShownTexts, type ShownText } from './read-shown-texts.ts';

/** What the rules need to know about one source file. */
export interface SourceFacts {
  readonly path: string;
  readonly lineCount: number;
  readonly references: readonly ReferenceFact[];
  readonly exports: readonly ExportFact[];
  readonly globalUses: readonly GlobalUse[];
  readonly functions: readonly FunctionFact[];
  /** The keys of the objects it exports, for the language catalogues; empty elsewhere. */
  readonly exportedKeys: readonly string[];
  /** Words that a page shows without a catalogue; empty for what is no page. */
  readonly shownTexts: readonly ShownText[];
}

export function factsOf(path: string, file: SourceFile): SourceFacts {
  return {
    path,
    lineCount: file.text.replace(/\n$/, '').split('\n').length,
    references: readReferences(file),
    exports: readExports(file),
    globalUses: readGlobalUses(file),
    functions: readFunctions(file),
    exportedKeys: path.startsWith('src/language/') ? readExportedKeys(file) : [],
    shownTexts: path.endsWith('.tsx') ? readShownTexts(file) : [],
  };
}

/** A unit test beside its file; it may import anything. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}
