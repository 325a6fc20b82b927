/** A person who is signed in, as every page and route sees them. */
export interface SignedIn {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  /** In the installation; roles in teams are with their memberships. */
  readonly role: 'owner' | 'administrator' | 'user';
  readonly sessionId: string;
  readonly signedInAtMs: number;
}

/** Who is asking, by the cookies of a request. Undefined for nobody, and for whoever was banned or signed out. */
export type ReadSession = (headers: Headers) => Promise<SignedIn | undefined>;
