import {
  bodyTooLarge,
  bodyTooSlow,
  type Failure,
  isFailure,
  malformedJson,
  overloaded,
  wrongContentType,
} from '../domain/failure.ts';
import { type Clock, within } from '../ports/clock.ts';

/** How much and how long. */
export interface BodyLimits {
  /** Of one body. */
  readonly bodyBytes: number;
  /** Of all bodies that are being read or answered at one moment. Read and parsed they take about three times that. */
  readonly allBodiesBytes: number;
  /** From the head to the last byte. */
  readonly deadlineMs: number;
}

/** A body that says it is no longer than this takes up its room at once and is read whole, which costs less. */
const SMALL_BODY_BYTES = 65_536;

/** A body has room for two images of ten megabytes each in base64. */
const LIMITS: BodyLimits = { bodyBytes: 26_214_400, allBodiesBytes: 536_870_912, deadlineMs: 60_000 };

/** A body that was read. */
export interface JsonBody {
  readonly text: string;
  /** Gives the body's room back; to be called once, when nothing of it is kept any more. */
  readonly release: () => void;
}

/** Reads JSON bodies, bounded one by one and all together. */
export class BodyReader {
  readonly #clock: Clock;
  readonly #limits: BodyLimits;
  #heldBytes = 0;

  constructor(clock: Clock, limits: BodyLimits = LIMITS) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** The body as text, or what is wrong with it. A body whose head announces too much is not read at all. */
  async read(request: Request): Promise<JsonBody | Failure> {
    const { bodyBytes, allBodiesBytes, deadlineMs } = this.#limits;
    if (!isJson(request.headers.get('content-type'))) return wrongContentType();
    const announced = Number(request.headers.get('content-length') ?? 0);
    if (announced > bodyBytes) return bodyTooLarge(bodyBytes);
    if (this.#heldBytes + announced > allBodiesBytes) return overloaded();

    // What counts is what has arrived: nobody takes up room with a promise.
    let ownBytes = 0;
    let isOver = false;
    const release = () => {
      this.#heldBytes -= ownBytes;
      ownBytes = 0;
      isOver = true;
    };
    const take = (bytes: number): Failure | undefined => {
      if (isOver) return overloaded();
      ownBytes += bytes;
      this.#heldBytes += bytes;
      if (ownBytes > bodyBytes) return bodyTooLarge(bodyBytes);
      return this.#heldBytes > allBodiesBytes ? overloaded() : undefined;
    };

    const isSmall = announced > 0 && announced <= SMALL_BODY_BYTES;
    const reader = isSmall ? undefined : request.body?.getReader();
    const reading = reader === undefined ? readSmall(request, announced, take) : readBytes(reader, take);
    // A connection that breaks has no reader for the words; they are the same as for one that never ends.
    const bytes = (await within(this.#clock, deadlineMs, reading).catch(() => undefined)) ?? bodyTooSlow();
    const text = isFailure(bytes) ? bytes : decode(bytes);
    if (!isFailure(text)) return { text, release };
    reader?.cancel().catch(() => {});
    release();
    return text;
  }
}

/** No content type at all is taken for JSON; what a page's form can send without asking is not. */
function isJson(contentType: string | null): boolean {
  if (contentType === null || contentType === 'application/json') return true;
  return /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType.trim());
}

/** The server cuts a body at its announced length; should it ever not, what is beyond counts all the same. */
async function readSmall(
  request: Request,
  announced: number,
  take: (bytes: number) => Failure | undefined,
): Promise<Uint8Array | Failure> {
  const refused = take(announced);
  if (refused !== undefined) return refused;
  const bytes = await request.bytes();
  return take(Math.max(0, bytes.length - announced)) ?? bytes;
}

async function readBytes(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  take: (bytes: number) => Failure | undefined,
): Promise<Uint8Array | Failure> {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return pieces.length === 1 ? (pieces[0] ?? new Uint8Array()) : join(pieces);
    const refused = take(value.length);
    if (refused !== undefined) return refused;
    pieces.push(value);
  }
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** One for all bodies: each is decoded whole, so that nothing of it stays. */
const UTF8 = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Uint8Array): string | Failure {
  try {
    return UTF8.decode(bytes);
  } catch {
    return malformedJson('the body is not UTF-8 text.');
  }
}
