/** How one can sign in here, as `GET /api/auth/ways` tells whoever asks. */
export interface SignInWays {
  /** `folder`: there is no mail server, and whoever runs this server finds the letters. */
  readonly mail: 'server' | 'folder';
  /** Who else says who somebody is, in the order in which they are shown. */
  readonly providers: readonly { readonly id: 'github' | 'google' | 'oidc'; readonly name: string }[];
}
