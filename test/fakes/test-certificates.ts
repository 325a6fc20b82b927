import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate and its key, both PEM, as a server takes them. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

/** The certificates that the tests of pinned connections need; all but the last are signed by `ca`. */
export interface TestCertificates {
  readonly ca: string;
  readonly right: ServerCertificate;
  readonly otherName: ServerCertificate;
  readonly addressOnly: ServerCertificate;
  readonly expired: ServerCertificate;
  readonly selfSigned: ServerCertificate;
}

/** Makes them with `openssl`; undefined where that is missing. */
export function makeTestCertificates(name: string): TestCertificates | undefined {
  if (spawnSync('openssl', ['version']).status !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'turnpike-certificates-'));
  const openssl = (...words: string[]) => {
    const { status, stderr } = spawnSync('openssl', words, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${words[0]} failed: ${stderr}`);
  };
  const newKey = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-subj',
    '/CN=turnpike-test',
  ];
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const issue = (file: string, subjectAltName: string, days: string): ServerCertificate => {
    writeFileSync(join(folder, `${file}.ext`), `subjectAltName=${subjectAltName}\n`);
    openssl('req', ...newKey, '-keyout', `${file}.key`, '-out', `${file}.csr`);
    const signer = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', days];
    openssl(
      'x509',
      '-req',
      '-in',
      `${file}.csr`,
      ...signer,
      '-extfile',
      `${file}.ext`,
      '-out',
      `${file}.pem`,
    );
    return { cert: read(`${file}.pem`), key: read(`${file}.key`) };
  };
  try {
    openssl('req', '-x509', ...newKey, '-days', '2', '-keyout', 'ca.key', '-out', 'ca.pem');
    const alone = ['-days', '2', '-addext', `subjectAltName=DNS:${name}`];
    openssl('req', '-x509', ...newKey, ...alone, '-keyout', 'alone.key', '-out', 'alone.pem');
    return {
      ca: read('ca.pem'),
      right: issue('right', `DNS:${name}`, '2'),
      otherName: issue('other', 'DNS:other.example', '2'),
      addressOnly: issue('address', 'IP:127.0.0.1,IP:::1', '2'),
      expired: issue('expired', `DNS:${name}`, '-1'),
      selfSigned: { cert: read('alone.pem'), key: read('alone.key') },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
