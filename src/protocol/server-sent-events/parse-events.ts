/**
 * Reads a server-sent-event stream piece by piece. The pieces may be cut anywhere, also inside a character or
 * between CR and LF. Lines end with LF, CRLF or CR; a byte-order mark at the start is skipped; comments, ids and
 * retry times are dropped, and so is an event that no empty line ended. Memory is bounded: a longer event ends
 * the stream as `tooLong`.
 */
export interface ServerSentEvent {
  /** The event's name; the default name `message` is left out. */
  readonly event?: string;
  readonly data: string;
}

/** Larger than any event of a model's answer, images in base64 excepted, which no chat stream carries. */
export const MAXIMUM_EVENT_CHARACTERS = 1_048_576;

export class EventParser {
  readonly #decoder = new TextDecoder();
  /** The beginning of a line whose end has not come. */
  #rest = '';
  #data: string[] = [];
  /** Counts the line breaks too, so that empty `data:` lines cannot pile up for nothing. */
  #dataCharacters = 0;
  #event = '';
  #endedWithCarriageReturn = false;

  /** True when an event was longer than the bound; nothing after it is read. */
  tooLong = false;

  /** The events that are complete after this piece. */
  push(piece: Uint8Array): ServerSentEvent[] {
    const events: ServerSentEvent[] = [];
    const text = this.tooLong ? '' : this.#decoder.decode(piece, { stream: true });
    if (text === '') return events;
    const whole = this.isBetweenEvents ? wholeEvent(text) : undefined;
    if (whole !== undefined) {
      events.push(whole);
      return events;
    }
    let from = this.#endedWithCarriageReturn && text.startsWith('\n') ? 1 : 0;
    this.#endedWithCarriageReturn = text.endsWith('\r');

    // Each position is looked up again only once it is passed, and only in this piece: a long line that trickles
    // in must not be searched from its beginning every time.
    let feed = text.indexOf('\n', from);
    let carriage = text.indexOf('\r', from);
    while ((feed >= 0 || carriage >= 0) && !this.tooLong) {
      const end = carriage < 0 || (feed >= 0 && feed < carriage) ? feed : carriage;
      const line = this.#rest + text.slice(from, end);
      this.#rest = '';
      this.#line(line, events);
      from = end === carriage && feed === end + 1 ? end + 2 : end + 1;
      if (feed >= 0 && feed < from) feed = text.indexOf('\n', from);
      if (carriage >= 0 && carriage < from) carriage = text.indexOf('\r', from);
    }
    this.#rest += text.slice(from);
    this.#checkLength();
    return events;
  }

  /** True when what was read ended with an event: whatever comes next begins another one. */
  get isBetweenEvents(): boolean {
    return (
      this.#rest === '' && this.#data.length === 0 && this.#event === '' && !this.#endedWithCarriageReturn
    );
  }

  #line(line: string, events: ServerSentEvent[]): void {
    if (line === '') {
      if (this.#data.length > 0) {
        const data = this.#data.length === 1 ? (this.#data[0] ?? '') : this.#data.join('\n');
        events.push(this.#event === '' ? { data } : { event: this.#event, data });
      }
      this.#forget();
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line.charCodeAt(colon + 1) === 0x20 ? colon + 2 : colon + 1);
    if (field === 'data') {
      this.#data.push(value);
      this.#dataCharacters += value.length + 1;
    } else if (field === 'event') {
      this.#event = value === 'message' ? '' : value;
    }
    this.#checkLength();
  }

  #checkLength(): void {
    if (this.#rest.length + this.#dataCharacters + this.#event.length <= MAXIMUM_EVENT_CHARACTERS) return;
    this.tooLong = true;
    this.#rest = '';
    this.#forget();
  }

  #forget(): void {
    this.#data = [];
    this.#dataCharacters = 0;
    this.#event = '';
  }
}

/** The event of a piece that is one `data: …` line and the empty line after it, as most are; else undefined. */
function wholeEvent(text: string): ServerSentEvent | undefined {
  const end = text.length - 2;
  if (end > MAXIMUM_EVENT_CHARACTERS || !text.startsWith('data: ') || text.indexOf('\n') !== end)
    return undefined;
  return text.endsWith('\n\n') && !text.includes('\r') ? { data: text.slice(6, end) } : undefined;
}
