/** What is expected to come of a fault or an attack. */
export type Outcome =
  | 'refused' // a clear error, and no effect
  | 'closed' // 503, and no upstream is called
  | 'retried' // before the first byte only
  | 'cut' // an error event and no [DONE]
  | 'posted' // charged by the upstream's figure, or by ours where there is none
  | 'partial' // charged for what was made until then
  | 'voided' // nothing is charged, what was set aside is free again
  | 'reaped' // the next start ends it
  | 'replayed' // what was answered before is answered again
  | 'resumed' // the next start goes on where it stopped
  | 'drained' // finished before the end
  | 'bounded' // a limit holds
  | 'masked' // it happens, and shows nothing of the inside
  | 'degraded' // works on, with a loss that is stated
  | 'halted' // stops rather than be wrong
  | 'works' // as if nothing were
  | 'exact' // to the tick
  | 'once' // however often it is tried
  | 'dropped' // taken out, the rest goes on
  | 'ignored' // without any effect
  | 'inert' // text, and nothing more
  | 'equal'; // nothing can be told apart

/** A fault or an attack, what is expected of it, and what shows that it comes so. */
export interface MatrixRow {
  /** `F1` to `F88` for faults, `A1` to `A55` for attacks. */
  readonly id: string;
  readonly fault: string;
  readonly outcome: Outcome;
  /** The tests that show it. */
  readonly tests?: readonly ShownBy[];
  /** What has to be built before all of it can be shown; without tests, before any of it can. */
  readonly later?: string;
}

export interface ShownBy {
  readonly file: string;
  /** Of a test, or of a group of tests that shows it together, as it is written in the file, `…` for what is put in. */
  readonly title: string;
}
