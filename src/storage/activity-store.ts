import type { Page, PageRequest } from './page.ts';

/** One member that a change made otherwise; null is nothing, and of a secret nothing is kept. */
export interface ActivityChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Something that somebody changed. */
export interface ActivityRow {
  readonly id: string;
  readonly atMs: number;
  /** A person's id, or `operator` for the command line. */
  readonly actor: string;
  /** What was done, such as `key.change`. */
  readonly action: string;
  /** What it was done to, by id or name. */
  readonly subject: string;
  readonly organizationId: string | null;
  readonly changes: readonly ActivityChange[];
  /** The network address that it was asked from; null for the command line. */
  readonly address: string | null;
}

/** Which changes; what is absent does not matter. */
export interface ActivityFilter {
  readonly actor?: string | undefined;
  /** How the action begins: any of these. */
  readonly beginnings?: readonly string[] | undefined;
  readonly fromMs?: number | undefined;
}

/** The log of changes. It only grows; the database itself refuses anything else. */
export interface ActivityStore {
  append(row: ActivityRow): Promise<void>;
  /**
   * Youngest first. A page may be short of its limit, or empty, and still have a next one: no call looks through more
   * than a few thousand changes that do not match.
   */
  list(filter: ActivityFilter, page: PageRequest): Promise<Page<ActivityRow>>;
}
