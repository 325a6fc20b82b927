import type { LlamaModel } from './llama-binding.ts';

/**
 * The bytes that a token stands for, which need not be whole characters. The vocabulary in the model's file has
 * them written in one of two ways; what fits neither is its text in UTF-8.
 */
export function createTokenBytes(model: LlamaModel): (token: number) => Uint8Array {
  const pieces = model.fileInfo.metadata.tokenizer?.ggml?.tokens;
  const encoder = new TextEncoder();
  return (token) => {
    const piece = pieces?.[token];
    if (piece !== undefined && !model.isSpecialToken(token)) {
      const bytes = model.vocabularyType === 'bpe' ? bytesOfLetters(piece) : bytesOfPiece(piece, encoder);
      if (bytes !== undefined) return bytes;
    }
    return encoder.encode(model.detokenize([token], true));
  };
}

/** GPT-2's way: each byte is one letter; printable ones are themselves, the others follow from U+0100 on. */
const BYTE_OF_LETTER: ReadonlyMap<string, number> = (() => {
  const isPrintable = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte !== 173);
  const letters = new Map<string, number>();
  let next = 0x100;
  for (let byte = 0; byte < 256; byte += 1) {
    letters.set(String.fromCharCode(isPrintable(byte) ? byte : next), byte);
    if (!isPrintable(byte)) next += 1;
  }
  return letters;
})();

function bytesOfLetters(piece: string): Uint8Array | undefined {
  const bytes: number[] = [];
  for (const letter of piece) {
    const byte = BYTE_OF_LETTER.get(letter);
    if (byte === undefined) return undefined;
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/** SentencePiece's way: `<0x0A>` is a byte, U+2581 a space, the rest is text. */
function bytesOfPiece(piece: string, encoder: TextEncoder): Uint8Array {
  const byte = /^<0x([0-9A-Fa-f]{2})>$/.exec(piece)?.[1];
  return byte === undefined
    ? encoder.encode(piece.replaceAll('\u2581', ' '))
    : Uint8Array.of(Number.parseInt(byte, 16));
}
