import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly quick: boolean;
  readonly growth: boolean;
  readonly pages: boolean;
  /** Usage rows of the largest file of `--growth`, or of each database of `--pages`. */
  readonly rows: number;
  /** Candidates to run, by the beginning of their names; all when empty. */
  readonly only: readonly string[];
  readonly rounds: number | undefined;
  readonly jsonFile: string | undefined;
}

export const HELP = `npm run bench -- [OPTIONS]

  --quick          one process each, three minutes at most
  --rounds N       fresh processes of each candidate (3)
  --only NAMES     only these candidates, by the beginning of their names: nginx,turnpike
  --growth         Turnpike alone: cost per request as keys and usage grow
  --pages          how long the pages take on databases full of usage, on each engine
  --rows N         usage rows of the largest file of --growth, or of each database of --pages (1000000)
  --json FILE      also write everything that was measured
  --help
`;

/** Reads the command line; the problem in words when it cannot be understood. */
export function readOptions(words: readonly string[]): BenchOptions | { readonly problem: string } {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        quick: { type: 'boolean', default: false },
        growth: { type: 'boolean', default: false },
        pages: { type: 'boolean', default: false },
        rows: { type: 'string', default: '1000000' },
        rounds: { type: 'string' },
        only: { type: 'string', default: '' },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { problem: HELP };
    const count = (name: 'rows' | 'rounds', most: number) => {
      const number = Number(values[name]);
      if (!Number.isInteger(number) || number < 1 || number > most) {
        throw new Error(`--${name} takes a number from 1 to ${most}`);
      }
      return number;
    };
    return {
      quick: values.quick,
      growth: values.growth,
      pages: values.pages,
      rows: count('rows', 100_000_000),
      rounds: values.rounds === undefined ? undefined : count('rounds', 20),
      only: values.only.split(',').filter(Boolean),
      jsonFile: values.json,
    };
  } catch (error) {
    return { problem: `${(error as Error).message}\n\n${HELP}` };
  }
}
