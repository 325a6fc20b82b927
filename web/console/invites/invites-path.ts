/** What this page asks for, by the names that answers are remembered by. */
export const REGISTRATION_PATH = '/operator/registration';
export const INVITATIONS_PATH = '/operator/invitations';
