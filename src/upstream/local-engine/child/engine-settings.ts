import type { Readable } from 'node:stream';

/** What the parent tells the engine before it starts, as one line of JSON on the engine's standard input. */
export interface EngineSettings {
  readonly engineDir: string;
  readonly weightsPath: string;
  readonly modelName: string;
  /** A bound on prompt and answer together. */
  readonly contextTokensAtMost: number;
  /**
   * What a caller has to show. It comes this way and not as an argument or a variable, because both can be read
   * from outside while the process runs.
   */
  readonly token: string;
}

/** Resolves with the first line. The input stays open after it: its end is the end of the parent. */
export function readSettings(input: Readable): Promise<EngineSettings> {
  let text = '';
  return new Promise((resolve) => {
    const read = (piece: Buffer) => {
      text += piece.toString();
      const end = text.indexOf('\n');
      if (end < 0) return;
      input.off('data', read);
      input.resume();
      resolve(JSON.parse(text.slice(0, end)) as EngineSettings);
    };
    input.on('data', read);
  });
}
