/** Ed25519, ES256 and RS256: every authenticator knows one of them. */
export const SIGNATURE_ALGORITHMS = [-8, -7, -257] as const;
