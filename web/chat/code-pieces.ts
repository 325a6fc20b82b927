/** A piece of code of one colour; `kind` is empty for what has none. */
export interface CodePiece {
  readonly kind: string;
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'" },
};

/** What the highlighter marked, as plain pieces: the innermost mark gives the colour. */
export function piecesOf(marked: string): readonly CodePiece[] {
  const pieces: CodePiece[] = [];
  const open: string[] = [];
  for (const [part] of marked.matchAll(/<span class="[^"]*">|<\/span>|[^<]+/g)) {
    if (part === '</span>') open.pop();
    else if (part.startsWith('<span')) open.push(kindOf(part));
    else {
      const text = part.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity] ?? entity);
      pieces.push({ kind: open.findLast((kind) => kind !== '') ?? '', text });
    }
  }
  return pieces;
}

const KINDS: Readonly<Record<string, string>> = {
  ...{ keyword: 'key', built_in: 'key', 'selector-tag': 'key', section: 'key', tag: 'key', name: 'key' },
  ...{ string: 'str', regexp: 'str', symbol: 'str', addition: 'str', 'template-tag': 'str', attr: 'num' },
  ...{ number: 'num', literal: 'num', type: 'num', attribute: 'num', 'selector-class': 'num', meta: 'com' },
  ...{ comment: 'com', quote: 'com', deletion: 'del' },
};

function kindOf(part: string): string {
  return KINDS[/hljs-([\w-]+)/.exec(part)?.[1] ?? ''] ?? '';
}
