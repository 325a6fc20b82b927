import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workbench } from '../machine/workbench.ts';

/** PEM files: a server's certificate for `localhost`, and the authority that signed it. */
export interface Certificate {
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly caFile: string;
}

/** Makes them with `openssl`, valid for two days; undefined where that is missing. */
export async function makeCertificate(bench: Workbench): Promise<Certificate | undefined> {
  if (Bun.which('openssl') === null) return undefined;
  const folder = bench.makeFolder('certificate');
  const [certificateFile, keyFile, caFile] = ['server.pem', 'server.key', 'ca.pem'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  const openssl = (words: string) => bench.run(['openssl', ...words.split(' ')], { folder });
  const newKey = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=turnpike-bench';
  await openssl(`req -x509 ${newKey} -days 2 -keyout ca.key -out ca.pem`);
  await openssl(`req ${newKey} -keyout server.key -out server.csr`);
  await openssl(
    'x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.pem',
  );
  return { certificateFile, keyFile, caFile };
}
