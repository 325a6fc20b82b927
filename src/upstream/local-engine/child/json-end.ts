/**
 * Finds the end of a JSON object or list in a text that comes in pieces. A grammar lets a model add white space
 * after the end for as long as it likes, and small ones do.
 */
export class JsonEnd {
  #depth = 0;
  #inText = false;
  #escaped = false;

  /** How many characters of the piece belong to the document, or undefined while it goes on. */
  find(piece: string): number | undefined {
    for (let at = 0; at < piece.length; at += 1) {
      const character = piece.charAt(at);
      if (this.#escaped) {
        this.#escaped = false;
      } else if (this.#inText) {
        if (character === '\\') this.#escaped = true;
        else if (character === '"') this.#inText = false;
      } else if (character === '"') {
        this.#inText = true;
      } else if (character === '{' || character === '[') {
        this.#depth += 1;
      } else if (character === '}' || character === ']') {
        this.#depth -= 1;
        if (this.#depth === 0) return at + 1;
      }
    }
    return undefined;
  }
}
