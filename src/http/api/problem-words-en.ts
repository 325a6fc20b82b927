/** What this API says when a request is not done for a reason of its own. */
export const problemsInEnglish = {
  'not-signed-in': 'You are not signed in. Sign in and try again.',
  'sign-in-again': 'This needs a fresh sign-in. Sign in again and repeat it.',
  'not-allowed': 'Your role does not allow this. Ask an owner or administrator.',
  'foreign-origin': 'This request did not come from this site’s own pages, so nothing was done.',
  'not-found': 'There is nothing here.',
  'wrong-method': 'This address does not take that method.',
  'slow-body': 'The request did not arrive in time. Check the connection and send it again.',
  'body-too-large': 'The request is too large.',
  'not-json': 'The body must be JSON, with the content type application/json.',
  'malformed-json': 'The body is not valid JSON.',
  'bad-field': 'A value cannot be used.',
  'unknown-field': 'The request has a member that is not known here.',
  'bad-cursor': 'That page is not known. Begin again at the first one.',
  'bad-span': 'That span of time is empty or too long.',
  'too-many': 'Too many of these run already. Wait until one ends.',
  'too-many-attempts': 'Too many attempts. Wait a quarter of an hour and try again.',
  internal: 'Something went wrong inside. The log of the server says more.',
  unavailable: 'The database did not answer. Try again in a moment.',
} as const;

export type ProblemCode = keyof typeof problemsInEnglish;
