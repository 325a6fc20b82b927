import { isAlive, keepProof, named, type ProofPorts } from '../one-time-proofs.ts';

export type ChallengePurpose = 'passkey-add' | 'passkey-sign-in';

/** A person finds their phone in this time; whoever recorded an answer has no use for it later. */
export const CHALLENGE_MS = 300_000;

const CHALLENGE_BYTES = 32;

/** Who may answer a challenge to sign in: it is not known yet who that is. */
export const ANYBODY = 'anybody';

type ChallengePorts = Pick<ProofPorts, 'auth' | 'clock' | 'random' | 'sha256'>;

/** Something for an authenticator to sign, once; `holder` says who may answer it. Those that are over are cleared. */
export async function makeChallenge(
  ports: ChallengePorts,
  purpose: ChallengePurpose,
  holder: string,
): Promise<string> {
  await clearOld(ports, purpose);
  const challenge = Buffer.from(ports.random.bytes(CHALLENGE_BYTES)).toString('base64url');
  await keepProof(ports, nameOf(ports, purpose, challenge), holder, CHALLENGE_MS);
  return challenge;
}

/**
 * Whether what was signed holds a challenge that was made for this purpose and holder and is not over. It is taken from
 * the table in the same step, so of many answers to one, one is looked at.
 */
export async function takeChallenge(
  ports: ChallengePorts,
  purpose: ChallengePurpose,
  holder: string,
  clientDataJson: string,
): Promise<string | undefined> {
  const challenge = challengeIn(clientDataJson);
  if (challenge === undefined) return undefined;
  const { all } = named(nameOf(ports, purpose, challenge));
  const row = await ports.auth.take('verification', {
    all: [...all, { field: 'value', operator: 'eq', value: holder }],
    any: [],
  });
  return row !== undefined && isAlive(ports, row.expiresAt) ? challenge : undefined;
}

/** Anybody can ask for challenges, and most are never answered. */
async function clearOld({ auth, clock }: ChallengePorts, purpose: ChallengePurpose): Promise<void> {
  await auth.remove('verification', {
    all: [
      { field: 'identifier', operator: 'starts_with', value: `${purpose}:` },
      { field: 'expiresAt', operator: 'lt', value: new Date(clock.nowMs()).toISOString() },
    ],
    any: [],
  });
}

function challengeIn(clientDataJson: string): string | undefined {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString());
    return typeof challenge === 'string' ? challenge : undefined;
  } catch {
    return undefined;
  }
}

function nameOf({ sha256 }: ChallengePorts, purpose: ChallengePurpose, challenge: string): string {
  return `${purpose}:${sha256(challenge)}`;
}
