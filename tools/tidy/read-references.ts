import { type ImportDeclaration, type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast';
import {
  isCallExpression,
  isExportDeclaration,
  isIdentifier,
  isImportDeclaration,
  isImportTypeNode,
  isLiteralTypeNode,
  isNamedExports,
  isNamedImports,
  isNamespaceImport,
  isQualifiedName,
  isStringLiteral,
} from 'typescript/unstable/ast/is';
import { lineOf } from './line-of.ts';

/** One mention of another module. */
export interface ReferenceFact {
  readonly specifier: string;
  readonly line: number;
  /** The names taken from it; `all` where they cannot be told apart. */
  readonly names: readonly string[] | 'all';
  /** Erased before the program runs. */
  readonly typeOnly: boolean;
}

type Mention = Omit<ReferenceFact, 'line'>;

/** Static and dynamic imports, re-exports, and files named by a relative path in a string (workers, child processes). */
export function readReferences(file: SourceFile): readonly ReferenceFact[] {
  const references: ReferenceFact[] = [];
  const visit = (node: Node): void => {
    const mention = readMention(node);
    if (mention !== undefined) references.push({ ...mention, line: lineOf(file, node) });
    // The module's name inside an import is not a second mention.
    else node.forEachChild(visit);
  };
  visit(file);
  return references;
}

function readMention(node: Node): Mention | undefined {
  if (isImportDeclaration(node)) return readImport(node);
  if (isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    const clause = node.exportClause;
    const names =
      clause !== undefined && isNamedExports(clause)
        ? clause.elements.map((element) => (element.propertyName ?? element.name).text)
        : 'all';
    return { specifier: textOf(node.moduleSpecifier), names, typeOnly: node.isTypeOnly };
  }
  if (isImportTypeNode(node) && isLiteralTypeNode(node.argument)) {
    const names = node.qualifier === undefined ? ('all' as const) : [leftmostName(node.qualifier)];
    return { specifier: textOf(node.argument.literal), names, typeOnly: true };
  }
  if (isCallExpression(node) && node.expression.kind === SyntaxKind.ImportKeyword) {
    const argument = node.arguments[0];
    if (argument !== undefined && isStringLiteral(argument)) {
      return { specifier: argument.text, names: 'all', typeOnly: false };
    }
  }
  if (isStringLiteral(node) && /^\.\.?\/.*\.(?:ts|mjs)$/.test(node.text)) {
    return { specifier: node.text, names: 'all', typeOnly: false };
  }
  return undefined;
}

function readImport(node: ImportDeclaration): Mention {
  const specifier = textOf(node.moduleSpecifier);
  const clause = node.importClause;
  if (clause === undefined) return { specifier, names: [], typeOnly: false };
  const names = clause.name === undefined ? [] : ['default'];
  const wholeIsType = clause.phaseModifier === SyntaxKind.TypeKeyword;
  const bindings = clause.namedBindings;
  if (bindings !== undefined && isNamespaceImport(bindings)) {
    return { specifier, names: 'all', typeOnly: wholeIsType };
  }
  if (bindings === undefined || !isNamedImports(bindings)) return { specifier, names, typeOnly: wholeIsType };
  const elements = bindings.elements;
  return {
    specifier,
    names: [...names, ...elements.map((element) => (element.propertyName ?? element.name).text)],
    typeOnly: wholeIsType || (names.length === 0 && elements.every((element) => element.isTypeOnly)),
  };
}

function textOf(node: Node): string {
  return isStringLiteral(node) ? node.text : node.getText();
}

function leftmostName(node: Node): string {
  if (isQualifiedName(node)) return leftmostName(node.left);
  return isIdentifier(node) ? node.text : node.getText();
}
