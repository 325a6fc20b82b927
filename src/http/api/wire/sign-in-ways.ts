/** How one can sign in here, as `GET /api/auth/ways` tells whoever asks. */
export interface SignInWays {
  /** `folder`: there is no mail server, and whoever runs this server finds the letters. */
  readonly mail: 'server' | 'folder';
  /** Of the pages at which passkeys work; null where browsers allow none. */
  readonly passkeyOrigin: string | null;
  /** Who else says who somebody is, in the order in which they are shown. */
  readonly providers: readonly { readonly id: 'github' | 'google' | 'oidc'; readonly name: string }[];
}
