import type { MadePasskey, PasskeyOptions } from '../../src/http/api/wire/passkeys.ts';

/** What browser or device did not do. */
export type PasskeyFault =
  /** The person said no, or took too long: browsers tell nobody which. */
  | 'cancelled'
  /** The device has one of this account already. */
  | 'exists'
  /** It cannot make sure of who is there, or keep a passkey. */
  | 'unable'
  /** Something else was asked for in the meantime. */
  | 'replaced';

export class PasskeyFailed extends Error {
  override readonly name = 'PasskeyFailed';
  readonly fault: PasskeyFault;

  constructor(fault: PasskeyFault) {
    super(fault);
    this.fault = fault;
  }
}

/** As the server asks for it; see `POST /api/auth/passkey/challenge`. */
export interface UsingOptions {
  readonly challenge: string;
  readonly rpId: string;
  readonly timeout: number;
  readonly userVerification: 'required';
}

/** As `POST /api/auth/sign-in/passkey` takes it. */
export interface UsedPasskey {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle: string;
}

const TRANSPORTS: ReadonlySet<string> = new Set<MadePasskey['credential']['transports'][number]>([
  ...(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const),
]);

/** Has a passkey made, in the browser's own dialog. Rejects with `PasskeyFailed`. */
export async function makePasskey(options: PasskeyOptions): Promise<MadePasskey['credential']> {
  const { startRegistration } = await loadLibrary();
  try {
    const optionsJSON = options as Parameters<typeof startRegistration>[0]['optionsJSON'];
    const { id, response } = await startRegistration({ optionsJSON });
    return {
      ...{ id, clientDataJSON: response.clientDataJSON, attestationObject: response.attestationObject },
      transports: (response.transports ?? []).filter(isTransport),
    };
  } catch (error) {
    throw failureOf(error);
  }
}

/** Has one of the person's passkeys used: in a dialog, or where their address is typed. Rejects with `PasskeyFailed`. */
export async function showPasskey(options: UsingOptions, where: 'dialog' | 'autofill'): Promise<UsedPasskey> {
  const { startAuthentication } = await loadLibrary();
  try {
    const useBrowserAutofill = where === 'autofill';
    const { id, response } = await startAuthentication({ optionsJSON: options, useBrowserAutofill });
    const { clientDataJSON, authenticatorData, signature, userHandle = '' } = response;
    return { id, clientDataJSON, authenticatorData, signature, userHandle };
  } catch (error) {
    throw failureOf(error);
  }
}

/** Whether the browser offers passkeys where an address is typed. */
export async function offersAutofill(): Promise<boolean> {
  const { browserSupportsWebAuthnAutofill } = await loadLibrary();
  return browserSupportsWebAuthnAutofill();
}

/** Takes back what waits for the person. */
export async function stopAsking(): Promise<void> {
  const { WebAuthnAbortService } = await loadLibrary();
  WebAuthnAbortService.cancelCeremony();
}

/** Loaded by pages that have to do with passkeys, and then only when they do. */
function loadLibrary() {
  return import('@simplewebauthn/browser');
}

function failureOf(error: unknown): PasskeyFailed {
  const { name, code } = error as { name?: string; code?: string };
  if (code === 'ERROR_CEREMONY_ABORTED' || name === 'AbortError') return new PasskeyFailed('replaced');
  if (code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED' || name === 'InvalidStateError')
    return new PasskeyFailed('exists');
  return new PasskeyFailed(name === 'NotAllowedError' ? 'cancelled' : 'unable');
}

function isTransport(name: string): name is MadePasskey['credential']['transports'][number] {
  return TRANSPORTS.has(name);
}
