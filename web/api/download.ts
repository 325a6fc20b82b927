import { send } from './ask.ts';

/**
 * Lets the browser save what a path of the API answers. It is asked first, without reading the file, so that a
 * refusal is a `Refused` with its sentence and not a file with an error in it.
 */
export async function download(path: string): Promise<void> {
  const response = await send('GET', path, undefined);
  await response.body?.cancel();
  const link = document.createElement('a');
  link.href = response.url;
  link.download = '';
  link.click();
}
