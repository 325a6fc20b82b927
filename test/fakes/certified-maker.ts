import { createPrivateKey, sign } from 'node:crypto';
import type { Attest, Cbor } from './soft-authenticator.ts';

/** A maker of authenticators that nobody knows, made for tests alone; good until 2126. */
const CERTIFICATE = Buffer.from(
  [
    'MIIB3DCCAYGgAwIBAgIUOnLuWMiqhhWuRy3AxBdNNDsQJiQwCgYIKoZIzj0EAwIwVDELMAkGA1UEBhMCR0IxEjAQBg',
    'NVBAoMCU1hZ3JhdGhlYTEiMCAGA1UECwwZQXV0aGVudGljYXRvciBBdHRlc3RhdGlvbjENMAsGA1UEAwwEdGVzdDAg',
    'Fw0yNjExMjkxNDQ5MDlaGA8yMTI2MTEwNTE0NDkwOVowVDELMAkGA1UEBhMCR0IxEjAQBgNVBAoMCU1hZ3JhdGhlYT',
    'EiMCAGA1UECwwZQXV0aGVudGljYXRvciBBdHRlc3RhdGlvbjENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqG',
    'SM49AwEHA0IABEL5oS/ZO9rWxWSLL5zN7D6KVJZTVbMv9uIDTzJnLMo7V8n7OrWl2blO599xjxp7fG/ZtRCjIXfD4Y',
    '2eQB/rgWKjLzAtMAwGA1UdEwEB/wQCMAAwHQYDVR0OBBYEFEvfAoZu+mXi2VQty9oyTBcaRtv+MAoGCCqGSM49BAMC',
    'A0kAMEYCIQDhpDjduYFosf0qsNdoKI+4R2NIHuk4E+X6s61AlSXSRAIhAKpHZMLbwL+Q8Qw2QOJ9zZU25WTZeW48EL',
    'evKNdLCtXe',
  ].join(''),
  'base64',
);
const KEY = createPrivateKey({
  key: Buffer.from(
    [
      'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4v9RK7t8pcUjNBiIQS4WYfAikKxq80uoq467YPcfS1',
      '+hRANCAARC+aEv2Tva1sVkiy+czew+ilSWU1WzL/biA08yZyzKO1fJ+zq1pdm5TuffcY8ae3xv2bUQoyF3w+GNnkAf',
      '64Fi',
    ].join(''),
    'base64',
  ),
  format: 'der',
  type: 'pkcs8',
});

/** Signs for what was made with a certificate, all of it as the rules for that want it. */
export const certified: Attest = (signed) => ({
  fmt: 'packed',
  attStmt: new Map<string, Cbor>([
    ['alg', -7],
    ['sig', sign('sha256', signed, KEY)],
    ['x5c', [CERTIFICATE]],
  ]),
});
