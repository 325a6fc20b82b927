import { expect, test } from 'bun:test';
import { detailOf, FetchError, faultOf, faultOfProgram } from './fetch-failure.ts';

/** What the programs really say, shortened. */
const SAID = [
  ['npm error code ECONNREFUSED\nnpm error syscall connect', 'unreachable'],
  ['npm error code EAI_AGAIN\nnpm error network request to the registry failed', 'unreachable'],
  ['npm error code ETIMEDOUT', 'timed-out'],
  ['npm error code EINTEGRITY\nnpm error sha512-x integrity checksum failed', 'checksum'],
  ['npm error code E404\nnpm error 404 Not Found', 'refused'],
  ['npm error code ETARGET\nnpm error notarget No matching version found', 'refused'],
  ['npm error code EBADPLATFORM', 'unsupported-platform'],
  ['npm error code ENOSPC', 'no-space'],
  ['error: Integrity check failed for tarball: chalk', 'checksum'],
  ['error: ConnectionRefused downloading tarball y18n@5.0.8', 'unreachable'],
  ['error: DNSResolveFailed downloading tarball y18n@5.0.8', 'unreachable'],
  [
    "Retrying after connection broken by 'NewConnectionError(': [Errno 111] Connection refused')'\nERROR: No matching distribution found for a==1",
    'unreachable',
  ],
  ["broken by 'ConnectTimeoutError('\nERROR: No matching distribution found for a==1", 'timed-out'],
  ['ERROR: No matching distribution found for a==1', 'refused'],
  ['ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device', 'no-space'],
  ['ERROR: THESE PACKAGES DO NOT MATCH THE HASHES', 'checksum'],
  ['something else', 'failed'],
] as const;

test.each(SAID)('%p is %s', (output, fault) => {
  expect(faultOfProgram({ ok: false, reason: 'failed', output })).toBe(fault);
});

test('a program that is not there, does not end, or was ended', () => {
  const of = (reason: 'not-found' | 'too-slow' | 'aborted') =>
    faultOfProgram({ ok: false, reason, output: 'ENOSPC' });
  expect([of('not-found'), of('too-slow'), of('aborted')]).toEqual([
    'missing-tool',
    'timed-out',
    'interrupted',
  ]);
});

test('what the system throws is told by its code, and its words, which may hold an address, are not', () => {
  const full = Object.assign(new Error('write to https://secret failed'), { code: 'ENOSPC' });
  expect([faultOf(full), detailOf(full)]).toEqual(['no-space', 'ENOSPC']);
  expect([faultOf(new Error('x')), detailOf(undefined)]).toEqual(['failed', 'unknown']);
  const known = new FetchError('checksum', 'it differs');
  expect([faultOf(known), detailOf(known)]).toEqual(['checksum', 'it differs']);
  expect(faultOf(new DOMException('', 'AbortError'))).toBe('interrupted');
});
