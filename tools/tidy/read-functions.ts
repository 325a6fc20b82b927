import type { Node, SourceFile } from 'typescript/unstable/ast';
import { isFunctionLikeDeclaration, isIdentifier } from 'typescript/unstable/ast/is';
import { lineOf } from './line-of.ts';

/** One function with a body. */
export interface FunctionFact {
  readonly name: string;
  readonly line: number;
  /** From its first to its last line, without the lines of functions of several lines inside it. */
  readonly ownLineCount: number;
}

/**
 * Functions inside a function are counted for themselves: a closure that returns an object is a class by another
 * name, and its methods are what a reader reads.
 */
export function readFunctions(file: SourceFile): readonly FunctionFact[] {
  const functions: FunctionFact[] = [];
  /** Returns how many lines of `node` belong to functions found in it. */
  const visit = (node: Node): number => {
    let innerLines = 0;
    node.forEachChild((child) => {
      innerLines += visit(child);
    });
    if (!isFunctionLikeDeclaration(node) || bodyOf(node) === undefined) return innerLines;
    const first = lineOf(file, node);
    const last = file.getLineAndCharacterOfPosition(node.end).line + 1;
    const lines = last - first + 1;
    functions.push({ name: nameOf(node), line: first, ownLineCount: lines - innerLines });
    // On one line it shares that line with the function around it.
    return lines === 1 ? innerLines : lines;
  };
  visit(file);
  return functions;
}

function bodyOf(node: Node): Node | undefined {
  return (node as { readonly body?: Node }).body;
}

function nameOf(node: Node): string {
  for (const candidate of [node, node.parent]) {
    const name = (candidate as { readonly name?: Node }).name;
    if (name !== undefined && isIdentifier(name)) return name.text;
  }
  return 'a function without a name';
}
