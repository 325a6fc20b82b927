import type { MailFailure, MailFault } from '../../ports/mailer.ts';

const BY_CODE: Readonly<Record<string, MailFault>> = {
  ETIMEDOUT: 'timed-out',
  EAUTH: 'not-signed-in',
  ENOAUTH: 'not-signed-in',
  EOAUTH2: 'not-signed-in',
  ETLS: 'not-trusted',
  EREQUIRETLS: 'not-trusted',
  EENVELOPE: 'refused',
  EMESSAGE: 'refused',
};

/** What nodemailer says, as a fault of ours. Of the server's answer only its code is kept. */
export function smtpFault(error: unknown): MailFailure {
  const { code, responseCode, response } = error as {
    code?: unknown;
    responseCode?: unknown;
    response?: unknown;
  };
  const answer =
    typeof response === 'string' ? (/^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(response)?.[0] ?? '') : '';
  const byCode = BY_CODE[String(code)];
  if (byCode === 'not-signed-in') return { fault: byCode, answer };
  if (typeof responseCode === 'number' && responseCode >= 400 && responseCode < 500)
    return { fault: 'busy', answer };
  if (byCode !== undefined) return { fault: byCode, answer };
  if (typeof responseCode === 'number' && responseCode >= 500) return { fault: 'refused', answer };
  // A certificate is named by many codes: CERT_HAS_EXPIRED, DEPTH_ZERO_SELF_SIGNED_CERT, ERR_TLS_…
  const isTls = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(`${String(code)} ${reason(error)}`);
  return { fault: isTls ? 'not-trusted' : 'unreachable', answer };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message.toUpperCase() : '';
}
