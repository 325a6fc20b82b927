import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../machine/free-port.ts';
import type { Service, Workbench } from '../machine/workbench.ts';
import { AUTHORIZATION, type Candidate, CHAT_PATH, type UpstreamPlace, untilReady } from './candidate.ts';
import { installNginx } from './install-nginx.ts';
import type { Certificate } from './make-certificate.ts';

/** A proxy that looks at nothing: what forwarding alone costs in C. */
export const nginx: Candidate = {
  name: 'nginx',
  work: 'plain proxy',
  overTls: true,
  async prepare(bench) {
    const version = await installNginx(bench);
    return version === undefined
      ? { skip: 'nginx is not installed, and only root can install it from Debian' }
      : { version };
  },
  async start(bench, upstream) {
    const { port, service } = await startNginx(bench, 'gateway', upstream);
    const target = { port, path: CHAT_PATH, headers: [AUTHORIZATION], model: 'mock' };
    return { target, pid: service.pid, service, stop: service.stop };
  },
};

/**
 * Starts an nginx with one worker and without an access log. Between it and the upstream connections are kept alive;
 * answers are passed on as they come, as a gateway for streams must.
 */
export async function startNginx(
  bench: Workbench,
  core: 'gateway' | 'others',
  upstream: UpstreamPlace,
  certificate?: Certificate,
): Promise<{ port: number; service: Service }> {
  const folder = bench.makeFolder('nginx');
  const [port, healthPort] = [await freePort(), await freePort()];
  const { protocol, host } = new URL(upstream.baseUrl);
  const listen =
    certificate === undefined
      ? `listen 127.0.0.1:${port} backlog=4096;`
      : `listen 127.0.0.1:${port} ssl backlog=4096;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_certificate ${certificate.certificateFile};
    ssl_certificate_key ${certificate.keyFile};`;
  const verify =
    upstream.caFile === undefined
      ? ''
      : `proxy_ssl_verify on; proxy_ssl_trusted_certificate ${upstream.caFile};
      proxy_ssl_name localhost; proxy_ssl_server_name on; proxy_ssl_protocols TLSv1.2 TLSv1.3;`;
  const configuration = `
daemon off;
worker_processes 1;
worker_rlimit_nofile 16384;
pid ${folder}/pid;
error_log ${folder}/error.log;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 16000; }
http {
  access_log off;
  tcp_nodelay on;
  keepalive_requests 1000000000;
  client_body_buffer_size 256k;
  client_body_temp_path ${folder}/bodies;
  proxy_temp_path ${folder}/proxied;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  upstream model { server ${host}; keepalive 2048; keepalive_requests 1000000000; }
  server { listen 127.0.0.1:${healthPort}; location / { return 200 "ready"; } }
  server {
    ${listen}
    location / {
      proxy_pass ${protocol}//model;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host localhost;
      proxy_buffering off;
      proxy_read_timeout 300s;
      ${verify}
    }
  }
}
`;
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration);
  const command = ['nginx', '-c', file, '-p', folder, '-e', join(folder, 'error.log')];
  const service = bench.start(command, { core, outputFile: join(folder, 'output') });
  await untilReady(`http://127.0.0.1:${healthPort}/`, service);
  return { port, service };
}
