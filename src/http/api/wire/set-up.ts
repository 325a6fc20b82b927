import * as z from 'zod';

/** Whether somebody has to set this installation up, for whoever comes before there is anybody. */
export const SetUpState = z.object({
  isOpen: z.boolean().meta({ description: 'Nobody can sign in yet.' }),
  isTokenGood: z.boolean().meta({ description: 'The token that was sent with this would set it up.' }),
});
export type SetUpState = z.infer<typeof SetUpState>;

export const FirstPerson = z.strictObject({
  token: z.string().max(200),
  name: z.string().trim().min(1).max(100),
  email: z.email().max(254),
  password: z.string().max(1_024),
});
export type FirstPerson = z.infer<typeof FirstPerson>;

export const FirstPersonMade = z.object({
  email: z.string(),
  isSignedIn: z.boolean().meta({ description: 'The answer carries the cookie of a session.' }),
});
export type FirstPersonMade = z.infer<typeof FirstPersonMade>;
