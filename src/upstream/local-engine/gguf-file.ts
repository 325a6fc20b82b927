import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FetchFault } from '../../language/sentences.ts';

/** The versions of the format that llama.cpp reads. */
const KNOWN_VERSIONS = [2, 3];

/** Why a file cannot be the weights of a model, or undefined when it looks like one. */
export async function whyNotGguf(path: string): Promise<FetchFault | undefined> {
  const head = new Uint8Array(8);
  try {
    const file = await open(path);
    const { bytesRead } = await file.read(head, 0, head.length, 0).finally(() => file.close());
    if (bytesRead < head.length) return 'not-a-model';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no-such-file' : 'unreadable';
  }
  if (String.fromCharCode(...head.subarray(0, 4)) !== 'GGUF') return 'not-a-model';
  const version = new DataView(head.buffer).getUint32(4, true);
  if (!KNOWN_VERSIONS.includes(version)) return 'unknown-version';
  // llama.cpp wants all parts beside each other; one of them alone is half a model.
  const isOneOfMany = /-\d{5}-of-\d{5}\.gguf$/i.test(path) && !/-of-00001\.gguf$/i.test(path);
  return isOneOfMany ? 'split-model' : undefined;
}

/** A model's name after its file: without the folder, the ending and the kind of quantisation. */
export function modelNameOf(path: string): string {
  const name = basename(path).replace(/\.gguf$/i, '');
  return name.replace(/[-_.](I?Q\d\w*|B?F16|F32)$/i, '') || name;
}
