import type { Node, SourceFile } from 'typescript/unstable/ast';
import {
  isArrayLiteralExpression,
  isObjectLiteralExpression,
  isVariableStatement,
} from 'typescript/unstable/ast/is';

import { isExported } from './read-exports.ts';

/** The dotted paths of all keys in the objects that a file exports as constants; the items of a list count by place. */
export function readExportedKeys(file: SourceFile): readonly string[] {
  const keys: string[] = [];
  const visit = (node: Node, prefix: string): void => {
    if (isArrayLiteralExpression(node)) {
      for (const [index, element] of node.elements.entries()) visit(element, `${prefix}[${index}]`);
    }
    if (!isObjectLiteralExpression(node)) {
      keys.push(prefix);
      return;
    }
    for (const property of node.properties) {
      const { name, initializer } = property as { readonly name?: Node; readonly initializer?: Node };
      const key = [...(prefix === '' ? [] : [prefix]), name?.getText(file)].join('.');
      if (initializer === undefined) keys.push(key);
      else visit(initializer, key);
    }
  };
  for (const statement of file.statements) {
    if (!isVariableStatement(statement) || !isExported(statement)) continue;
    for (const { initializer } of statement.declarationList.declarations) {
      if (initializer !== undefined && isObjectLiteralExpression(initializer)) visit(initializer, '');
    }
  }
  return keys;
}
