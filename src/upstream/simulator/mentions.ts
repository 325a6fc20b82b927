/** Only the beginning of a long question is searched, and only so many of its words are kept. */
const SEARCHED_CHARS = 2_000;
const MAXIMUM_MENTIONS = 64;
const LONGEST_TEXT_CHARS = 200;

/** What stands in quotation marks. An apostrophe within a word opens and closes nothing. */
const QUOTED = /"([^"\n]+)"|“([^”\n]+)”|「([^」\n]+)」|『([^』\n]+)』|(?<!\w)'([^'\n]+)'(?!\w)/gu;

/** Numbers on their own, not the digits of a name or a date. */
const NUMBER = /(?<![\w.-])-?\d{1,15}(?:\.\d{1,6})?(?![\w-])/g;

/**
 * What a question names and an argument can repeat: texts in quotation marks, and numbers. A model would understand
 * the question; the simulator only copies from it, so that a tool gets something that was really asked for. Each is
 * given once, in the order in which they were written.
 */
export class Mentions {
  readonly #texts: string[];
  readonly #numbers: number[];

  constructor(question: string) {
    const text = question.slice(0, SEARCHED_CHARS);
    this.#texts = [...text.matchAll(QUOTED)]
      .map((groups) => (groups.slice(1).find((group) => group !== undefined) ?? '').trim())
      .filter((quoted) => quoted !== '' && quoted.length <= LONGEST_TEXT_CHARS)
      .slice(0, MAXIMUM_MENTIONS);
    this.#numbers = (text.match(NUMBER) ?? []).map(Number).slice(0, MAXIMUM_MENTIONS);
  }

  /** All texts that are left. */
  get texts(): readonly string[] {
    return this.#texts;
  }

  /** The first text left that fits. */
  takeText(fits: (text: string) => boolean): string | undefined {
    return take(this.#texts, fits);
  }

  /** The first number left that fits. */
  takeNumber(fits: (number: number) => boolean): number | undefined {
    return take(this.#numbers, fits);
  }
}

function take<T>(from: T[], fits: (one: T) => boolean): T | undefined {
  const index = from.findIndex(fits);
  return index === -1 ? undefined : from.splice(index, 1)[0];
}
