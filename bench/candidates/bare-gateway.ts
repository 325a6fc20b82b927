/**
 * The least that a gateway on this runtime can do: it reads the body, parses it, asks the upstream with a signal that
 * ends with its caller, and hands on what comes. No key, no limit, no ledger, no log. Run by `bare.ts`.
 */
const [upstream = '', port = '0'] = process.argv.slice(2);

const HEADERS = new Headers({ 'content-type': 'application/json', 'accept-encoding': 'identity' });

Bun.serve({
  hostname: '127.0.0.1',
  port: Number(port),
  routes: {
    '/ready': new Response('ready'),
    '/v1/chat/completions': {
      async POST(request, server) {
        const text = await request.text();
        const { stream } = JSON.parse(text) as { stream?: boolean };
        server.timeout(request, 0);
        const answer = await fetch(upstream, {
          method: 'POST',
          headers: HEADERS,
          body: text,
          signal: request.signal,
          decompress: false,
        });
        const headers = { 'content-type': answer.headers.get('content-type') ?? '' };
        const body = stream === true ? answer.body : await answer.text();
        return new Response(body, { status: answer.status, headers });
      },
    },
  },
});
