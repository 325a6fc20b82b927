/**
 * Calls a server and takes 1,000 bytes of its answer each second: `node … URL KEY BODY`. On Node, because there a
 * socket reads into a buffer of a given size and no further, so that the kernel's own buffers fill up behind it.
 */
import { connect } from 'node:net';

const [url = '', key = '', body = ''] = process.argv.slice(2);
const { hostname, port } = new URL(url);

const socket = connect({
  host: hostname,
  port: Number(port),
  onread: {
    buffer: Buffer.alloc(1_000),
    callback() {
      setTimeout(() => socket.resume(), 1_000);
      return false;
    },
  },
});
socket.write(
  [
    'POST /v1/chat/completions HTTP/1.1',
    `host: ${hostname}`,
    `authorization: Bearer ${key}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
    '',
    body,
  ].join('\r\n'),
);
