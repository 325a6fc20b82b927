import type { Node, SourceFile } from 'typescript/unstable/ast';
import {
  isConditionalExpression,
  isIdentifier,
  isJsxAttribute,
  isJsxExpression,
  isJsxText,
  isNoSubstitutionTemplateLiteral,
  isStringLiteral,
  isTemplateExpression,
} from 'typescript/unstable/ast/is';
import { lineOf } from './line-of.ts';

/** A text that a page shows or says, written where it is shown. */
export interface ShownText {
  readonly text: string;
  readonly line: number;
}

/** Attributes that are seen or heard. */
const SPOKEN = new Set(['alt', 'aria-description', 'aria-label', 'label', 'placeholder', 'text', 'title']);

/** Two letters of any script in a row are a word; one is a unit or a sign. */
const WORD = /\p{Letter}{2}|\p{Script=Han}/u;

/** The words between tags and in spoken attributes that come from no catalogue. */
export function readShownTexts(file: SourceFile): readonly ShownText[] {
  const found: ShownText[] = [];
  const note = (node: Node, text: string) => {
    if (WORD.test(text)) found.push({ text: text.trim(), line: lineOf(file, node) });
  };
  /** What an expression in such a place can become. */
  const look = (node: Node): void => {
    if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) note(node, node.text);
    else if (isTemplateExpression(node)) {
      note(node, [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' '));
    } else if (isConditionalExpression(node)) {
      look(node.whenTrue);
      look(node.whenFalse);
    }
  };
  const visit = (node: Node): void => {
    if (isJsxText(node)) note(node, node.text);
    if (isJsxExpression(node) && node.expression !== undefined && !isJsxAttribute(node.parent))
      look(node.expression);
    if (isJsxAttribute(node) && isIdentifierNamed(node.name) && node.initializer !== undefined) {
      const { initializer } = node;
      if (isStringLiteral(initializer)) look(initializer);
      else if (isJsxExpression(initializer) && initializer.expression !== undefined)
        look(initializer.expression);
    }
    node.forEachChild(visit);
  };
  const isIdentifierNamed = (name: Node) => isIdentifier(name) && SPOKEN.has(name.text);
  visit(file);
  return found;
}
