import type { Identifier, Node, SourceFile } from 'typescript/unstable/ast';
import {
  isBindingElement,
  isCallExpression,
  isClassDeclaration,
  isElementAccessExpression,
  isFunctionDeclaration,
  isIdentifier,
  isImportClause,
  isImportSpecifier,
  isNamespaceImport,
  isNewExpression,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isQualifiedName,
  isShorthandPropertyAssignment,
  isStringLiteral,
  isTypeNode,
  isVariableDeclaration,
} from 'typescript/unstable/ast/is';
import { lineOf } from './line-of.ts';

/** One use of something that every JavaScript program can reach without importing it. */
export interface GlobalUse {
  /** `fetch`, or with one member `Date.now`. */
  readonly name: string;
  readonly line: number;
  /** The number of arguments where it is called or constructed. */
  readonly argumentCount?: number;
}

/** The ways to the clock, to chance, to timers, to the network, to the process and to the runtime. */
const WATCHED = new Set([
  ...['Date', 'performance', 'Math', 'crypto', 'process', 'Bun', 'console', 'AbortSignal', 'navigator'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'],
]);

/** Other names of the global object. */
const GLOBAL_OBJECTS = new Set(['globalThis', 'self', 'window', 'global']);

/** Uses of the watched names, except where the file binds such a name itself. */
export function readGlobalUses(file: SourceFile): readonly GlobalUse[] {
  const bound = new Set<string>();
  const identifiers: Identifier[] = [];
  const visit = (node: Node): void => {
    if (bindsName(node) && isIdentifier(node.name)) bound.add(node.name.text);
    if (isIdentifier(node)) identifiers.push(node);
    node.forEachChild(visit);
  };
  visit(file);
  return identifiers.flatMap((identifier) => {
    const root = rootOf(identifier);
    if (root === undefined || (root.node === identifier && bound.has(root.name))) return [];
    return [{ ...describe(root.node, root.name), line: lineOf(file, identifier) }];
  });
}

function bindsName(node: Node): node is Node & { readonly name: Node } {
  const binds =
    isVariableDeclaration(node) ||
    isParameterDeclaration(node) ||
    isBindingElement(node) ||
    isFunctionDeclaration(node) ||
    isClassDeclaration(node) ||
    isImportClause(node) ||
    isImportSpecifier(node) ||
    isNamespaceImport(node);
  return binds && (node as { readonly name?: Node }).name !== undefined;
}

/** The expression that stands for a watched global: the identifier, or `globalThis.fetch` as a whole. */
function rootOf(identifier: Identifier): { readonly node: Node; readonly name: string } | undefined {
  if (!isUse(identifier)) return undefined;
  if (WATCHED.has(identifier.text)) return { node: identifier, name: identifier.text };
  if (!GLOBAL_OBJECTS.has(identifier.text)) return undefined;
  const member = memberOf(identifier);
  return member !== undefined && WATCHED.has(member.name) ? member : undefined;
}

/** Whether the identifier stands for its value, and is not the name of a member, a key or a type. */
function isUse(identifier: Identifier): boolean {
  const { parent } = identifier;
  if (isPropertyAccessExpression(parent)) return parent.expression === identifier;
  if (isQualifiedName(parent)) return parent.left === identifier && identifier.text === 'Bun';
  if (isShorthandPropertyAssignment(parent)) return true;
  if (isPropertyAssignment(parent)) return parent.initializer === identifier;
  if (isTypeNode(parent)) return false;
  const { name, propertyName } = parent as { readonly name?: Node; readonly propertyName?: Node };
  return name !== identifier && propertyName !== identifier;
}

function memberOf(node: Node): { readonly node: Node; readonly name: string } | undefined {
  const { parent } = node;
  if (isPropertyAccessExpression(parent) && parent.expression === node) {
    return { node: parent, name: parent.name.text };
  }
  if (
    isElementAccessExpression(parent) &&
    parent.expression === node &&
    isStringLiteral(parent.argumentExpression)
  ) {
    return { node: parent, name: parent.argumentExpression.text };
  }
  return undefined;
}

function describe(root: Node, name: string): Omit<GlobalUse, 'line'> {
  const member = memberOf(root);
  const whole = member?.node ?? root;
  const fullName = member === undefined ? name : `${name}.${member.name}`;
  const { parent } = whole;
  const isCalled = (isCallExpression(parent) || isNewExpression(parent)) && parent.expression === whole;
  return isCalled ? { name: fullName, argumentCount: parent.arguments?.length ?? 0 } : { name: fullName };
}
