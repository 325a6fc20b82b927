/** Of UTF-16 units, all answers together that are being recorded at one moment; in memory they take up to twice that. */
const ROOM_CHARACTERS = 128 * 1024 * 1024;

/** The memory that answers share while they are recorded. A crowd of long ones must not fill it. */
export class RecordingRoom {
  readonly #characters: number;
  #taken = 0;

  constructor(characters = ROOM_CHARACTERS) {
    this.#characters = characters;
  }

  /** False, and nothing is taken, when there is not so much left. */
  take(characters: number): boolean {
    if (this.#taken + characters > this.#characters) return false;
    this.#taken += characters;
    return true;
  }

  giveBack(characters: number): void {
    this.#taken -= characters;
  }
}
