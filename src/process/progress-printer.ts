import type { Language } from '../language/choose-language.ts';
import type { FetchAttempt, LocalModelPart } from '../language/sentences.ts';
import { sentencesIn } from '../language/sentences-in.ts';
import type { FetchProgress } from '../upstream/local-engine/fetch-progress.ts';
import { formatBytes, progressLine, progressPercent } from './print-progress.ts';
import { printable } from './terminal-look.ts';

/** Where progress is shown. */
export interface ProgressTerminal {
  write(text: string): void;
  /** False for files and pipes: there nothing can be painted over, so a plain line stands for each quarter. */
  readonly isTerminal: boolean;
  /** Columns, asked for anew each time because a window may be resized. */
  width(): number;
}

/** Steps between two plain lines. */
const PLAIN_STEP_PERCENT = 25;

const ERASE_LINE = '\r\x1b[2K';

/** Shows how the parts of the local model are fetched: a bar in a terminal, a few calm lines elsewhere. */
export class ProgressPrinter {
  readonly #terminal: ProgressTerminal;
  readonly #words: ReturnType<typeof sentencesIn>['localModel'];
  #painted = '';
  #printedPercent = 0;
  /** Said when another source is tried after it; after the last one, a notice says it all together. */
  #failed: FetchAttempt | undefined;

  constructor(terminal: ProgressTerminal, language: Language) {
    this.#terminal = terminal;
    this.#words = sentencesIn(language).localModel;
  }

  /** Progress may come for every chunk: nothing is written unless what is seen changes. */
  show(progress: FetchProgress): void {
    const words = this.#words;
    switch (progress.kind) {
      case 'present':
        this.say(words.present(progress.part));
        break;
      case 'starting':
        this.#start(progress.part, progress.source);
        break;
      case 'advancing':
        this.#advance(progress.part, progress.doneBytes, progress.totalBytes);
        break;
      case 'checking':
        this.pass(words.checking(progress.part));
        break;
      case 'fetched':
        this.say(words.fetched(progress.part, formatBytes(progress.sizeBytes), progress.isVerified));
        break;
      case 'failed':
        this.#failed = progress.attempt;
        this.clear();
        break;
    }
  }

  /** A line that stays. */
  say(sentence: string): void {
    // Always in a terminal: a key that was pressed meanwhile (`^C`) may stand in the line.
    this.#terminal.write(`${this.#terminal.isTerminal ? ERASE_LINE : ''}  ${printable(sentence)}\n`);
    this.#painted = '';
  }

  /** A line that is true for a moment: in a terminal the next one takes its place. */
  pass(sentence: string): void {
    if (this.#terminal.isTerminal) this.#paint(`  ${printable(sentence)}`);
    else this.say(sentence);
  }

  /** Takes away what was painted and is not to stay. */
  clear(): void {
    if (this.#painted !== '') this.#terminal.write(ERASE_LINE);
    this.#painted = '';
  }

  #start(part: LocalModelPart, source: string): void {
    if (this.#failed !== undefined) this.say(this.#words.failed(this.#failed));
    this.#failed = undefined;
    this.#printedPercent = 0;
    this.say(this.#words.fetching(part, source));
  }

  #advance(part: LocalModelPart, doneBytes: number, totalBytes: number | undefined): void {
    if (this.#terminal.isTerminal) {
      const label = this.#words.part(part);
      this.#paint(progressLine({ label, doneBytes, totalBytes, width: this.#terminal.width() }));
    } else if (totalBytes !== undefined && totalBytes > 0) {
      this.#sayQuarter(part, doneBytes, totalBytes);
    }
  }

  #sayQuarter(part: LocalModelPart, doneBytes: number, totalBytes: number): void {
    const percent = progressPercent(doneBytes, totalBytes);
    const reached = percent - (percent % PLAIN_STEP_PERCENT);
    // At 100 the line that says it is fetched follows at once.
    if (reached <= this.#printedPercent || reached >= 100) return;
    this.#printedPercent = reached;
    this.say(this.#words.progress(part, reached, formatBytes(doneBytes), formatBytes(totalBytes)));
  }

  #paint(line: string): void {
    if (line === this.#painted) return;
    this.#terminal.write(ERASE_LINE + line);
    this.#painted = line;
  }
}
