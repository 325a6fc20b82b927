import type { Node, SourceFile, Statement } from 'typescript/unstable/ast';
import {
  isBlock,
  isClassDeclaration,
  isEnumDeclaration,
  isExportAssignment,
  isExportDeclaration,
  isExportKeyword,
  isFunctionDeclaration,
  isIdentifier,
  isImportDeclaration,
  isInterfaceDeclaration,
  isNamedExports,
  isTypeAliasDeclaration,
  isVariableStatement,
} from 'typescript/unstable/ast/is';
import { lineOf } from './line-of.ts';

/** One name that a file offers to others. */
export interface ExportFact {
  readonly name: string;
  readonly line: number;
  readonly kind: 'value' | 'type';
  /** Another exported declaration of the same file names it in its signature. */
  readonly inSignature: boolean;
  /** The rest of the file uses it, inside or outside signatures. */
  readonly usedInFile: boolean;
}

interface Declared {
  readonly name: string;
  readonly node: Node;
  readonly kind: 'value' | 'type';
}

/** The file's own exports; what it re-exports from elsewhere is a use, told by `readReferences`. */
export function readExports(file: SourceFile): readonly ExportFact[] {
  const declared = file.statements.flatMap(declarationsOf);
  if (declared.length === 0) return [];
  const signatures = declared.map(({ node }) => ({ node, names: signatureNames(node) }));
  const uses = countIdentifiers(file);
  return declared.map(({ name, node, kind }) => ({
    name,
    kind,
    line: lineOf(file, node),
    inSignature: signatures.some((other) => other.node !== node && other.names.has(name)),
    // Once is the declaration itself.
    usedInFile: (uses.get(name) ?? 0) > 1,
  }));
}

function declarationsOf(statement: Statement): readonly Declared[] {
  if (isExportDeclaration(statement) && statement.moduleSpecifier === undefined) {
    const clause = statement.exportClause;
    if (clause === undefined || !isNamedExports(clause)) return [];
    const kind = statement.isTypeOnly ? 'type' : 'value';
    return clause.elements.map((node) => ({ name: node.name.text, node, kind }));
  }
  if (isExportAssignment(statement)) return [{ name: 'default', node: statement, kind: 'value' }];
  if (!isExported(statement)) return [];
  if (isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap((node) =>
      bindingNames(node.name).map((name) => ({ name, node, kind: 'value' as const })),
    );
  }
  const isValue =
    isFunctionDeclaration(statement) || isClassDeclaration(statement) || isEnumDeclaration(statement);
  if (isValue) return [{ name: statement.name?.text ?? 'default', node: statement, kind: 'value' }];
  if (isInterfaceDeclaration(statement) || isTypeAliasDeclaration(statement)) {
    return [{ name: statement.name.text, node: statement, kind: 'type' }];
  }
  return [];
}

/** Whether a statement carries the word `export` itself. */
export function isExported(statement: Statement): boolean {
  const modifiers = (statement as { readonly modifiers?: readonly Node[] }).modifiers ?? [];
  return modifiers.some((modifier) => isExportKeyword(modifier));
}

/** The names bound by `a`, `{ a, b: c }` or `[a, b]`. */
function bindingNames(node: Node): readonly string[] {
  if (isIdentifier(node)) return [node.text];
  const names: string[] = [];
  node.forEachChild((child) => {
    const bound = (child as { readonly name?: Node }).name;
    if (bound !== undefined) names.push(...bindingNames(bound));
  });
  return names;
}

/** What a declaration says to its callers: its identifiers, those inside function bodies left out. */
function signatureNames(declaration: Node): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: Node): void => {
    if (isBlock(node)) return;
    if (isIdentifier(node)) names.add(node.text);
    node.forEachChild(visit);
  };
  visit(declaration);
  return names;
}

/** How often the file names each thing, its import statements left out. */
function countIdentifiers(file: SourceFile): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const visit = (node: Node): void => {
    if (isImportDeclaration(node)) return;
    if (isIdentifier(node)) counts.set(node.text, (counts.get(node.text) ?? 0) + 1);
    node.forEachChild(visit);
  };
  visit(file);
  return counts;
}
