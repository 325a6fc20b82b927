import { send } from '../api/send-auth.ts';

/** Ends the session. The page is loaded anew, so nothing of this person stays in its memory. */
export async function signOut(): Promise<void> {
  await send('/sign-out', {});
  location.assign('/sign-in');
}
