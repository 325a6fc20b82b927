import type { Node, SourceFile } from 'typescript/unstable/ast';

/** The line, counted from 1, on which a node begins, its comments left aside. */
export function lineOf(file: SourceFile, node: Node): number {
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}
