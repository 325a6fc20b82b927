import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import { startCollector } from '../fakes/otlp-collector.ts';
import { type RunningServer, startServer, stopServer } from '../fakes/running-server.ts';

const PROMPT = 'canary-prompt-3c81';
const COLLECTOR_KEY = 'canary-collector-key-77';
const UPSTREAM_KEY = 'canary-upstream-key-12';
const BODY = { model: 'grok-beta', messages: [{ role: 'user', content: PROMPT }] };

const PARENT = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
const traceparent = (flags: '00' | '01') => ({
  traceparent: `00-${PARENT.traceId}-${PARENT.spanId}-${flags}`,
});

const servers: RunningServer[] = [];
const collectors: { stop(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(stopServer));
  for (const collector of collectors.splice(0)) collector.stop();
});

async function start(environment: Record<string, string>): Promise<RunningServer> {
  const server = await startServer({ TURNPIKE_LIMITS: 'off', ...environment });
  servers.push(server);
  return server;
}

function collect(answer?: Parameters<typeof startCollector>[0]) {
  const collector = startCollector(answer);
  collectors.push(collector);
  return collector;
}

/** The lines about requests, parsed. */
function requestLines(server: RunningServer) {
  return server
    .log()
    .split('\n')
    .filter((line) => line.includes('"event":"request"'))
    .map((line) => JSON.parse(line));
}

describe('what a collector is told', () => {
  test('a whole answer, a stream, a failure and a refusal, in spans and metrics, and nothing that was said', async () => {
    const collector = collect();
    const server = await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${COLLECTOR_KEY}, x-scope = a`,
      OTEL_SERVICE_NAME: 'toll',
    });
    await server.turnpike(
      ...['channels', 'add', 'broken', '--base-url', 'http://127.0.0.1:9/v1', '--key', UPSTREAM_KEY],
      ...['--model', 'grok-vision-beta=away'],
    );

    const whole = await server.post('/v1/chat/completions', BODY);
    const answer = (await whole.json()) as { id: string; usage: Record<string, number> };
    const streamed = await server.post(
      '/openai/v1/chat/completions',
      { ...BODY, stream: true },
      traceparent('01'),
    );
    expect(await streamed.text()).toContain('[DONE]');
    const failed = await server.post('/v1/chat/completions', { ...BODY, model: 'grok-vision-beta' });
    expect(failed.status).toBe(502);
    const refused = await server.post('/v1/chat/completions', { ...BODY, n: 0 });
    expect(refused.status).toBe(400);
    const unsampled = await server.post('/v1/chat/completions', BODY, traceparent('00'));
    expect(unsampled.status).toBe(200);
    // The last is told at the shut-down.
    await server.kill();

    const spans = collector.spans();
    const requestSpan = (id: string) => spans.find(({ facts }) => facts['turnpike.request.id'] === id);
    const callSpan = (id: string) => spans.find(({ facts }) => facts['gen_ai.response.id'] === id);
    expect(spans).toHaveLength(7);
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(7);

    const wholeSpan = requestSpan(answer.id);
    expect(wholeSpan).toMatchObject({
      name: 'POST /v1/chat/completions',
      kind: 2,
      traceId: answer.id.replaceAll('-', ''),
      status: { code: 0 },
      facts: {
        'http.request.method': 'POST',
        'http.route': '/v1/chat/completions',
        'http.response.status_code': 200,
        'turnpike.outcome': 'completed',
        'turnpike.cost.usd_ticks': answer.usage.cost_in_usd_ticks,
        'turnpike.simulated': true,
      },
    });
    expect(wholeSpan?.parentSpanId).toBeUndefined();
    const wholeCall = callSpan(answer.id);
    expect(wholeCall).toMatchObject({
      name: 'chat grok-beta',
      kind: 3,
      traceId: wholeSpan?.traceId,
      parentSpanId: wholeSpan?.spanId,
      facts: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'turnpike.simulator',
        'gen_ai.request.model': 'grok-beta',
        'gen_ai.request.stream': false,
        'gen_ai.response.finish_reasons': ['stop'],
        'gen_ai.usage.input_tokens': answer.usage.prompt_tokens,
        'gen_ai.usage.output_tokens': answer.usage.completion_tokens,
      },
    });
    const moments = [wholeSpan, wholeCall, wholeCall, wholeSpan].map((span, place) =>
      BigInt((place < 2 ? span?.startTimeUnixNano : span?.endTimeUnixNano) ?? -1),
    );
    expect(moments).toEqual(moments.toSorted((a, b) => (a < b ? -1 : 1)));

    const streamId = streamed.headers.get('x-request-id') ?? '';
    expect(requestSpan(streamId)).toMatchObject({
      name: 'POST /openai/v1/chat/completions',
      traceId: PARENT.traceId,
      parentSpanId: PARENT.spanId,
    });
    const streamCall = callSpan(streamId);
    expect(streamCall?.facts).toMatchObject({
      'gen_ai.request.stream': true,
      'gen_ai.response.finish_reasons': ['stop'],
    });
    expect(streamCall?.facts['gen_ai.response.time_to_first_chunk']).toBeGreaterThanOrEqual(0);

    const failedId = failed.headers.get('x-request-id') ?? '';
    expect(requestSpan(failedId)).toMatchObject({
      status: { code: 2 },
      facts: { 'http.response.status_code': 502, 'turnpike.channel': 'broken' },
    });
    expect(callSpan(failedId)).toMatchObject({
      name: 'chat grok-vision-beta',
      status: { code: 2 },
      facts: {
        'gen_ai.provider.name': 'openai_compatible',
        'gen_ai.response.model': 'away',
        'server.address': '127.0.0.1',
        'server.port': 9,
        'error.type': requestSpan(failedId)?.facts['error.type'],
      },
    });
    expect(requestSpan(failedId)?.facts['error.type']).toBeString();

    const refusedId = refused.headers.get('x-request-id') ?? '';
    expect(requestSpan(refusedId)).toMatchObject({
      status: { code: 0 },
      facts: { 'turnpike.outcome': 'refused' },
    });
    expect(callSpan(refusedId)).toBeUndefined();
    expect(requestSpan(unsampled.headers.get('x-request-id') ?? '')).toBeUndefined();

    const series = collector.series();
    const counts = (metric: string, facts: object) =>
      series
        .filter(
          (one) =>
            one.metric === metric && Object.entries(facts).every(([key, value]) => one.facts[key] === value),
        )
        .reduce((sum, { count }) => sum + count, 0);
    const good = { 'gen_ai.request.model': 'grok-beta', 'gen_ai.operation.name': 'chat' };
    // What is not sampled is counted all the same.
    expect(counts('gen_ai.client.operation.duration', good)).toBe(3);
    expect(counts('gen_ai.client.operation.duration', { 'gen_ai.request.model': 'grok-vision-beta' })).toBe(
      1,
    );
    expect(counts('gen_ai.client.token.usage', { ...good, 'gen_ai.token.type': 'input' })).toBe(3);
    expect(counts('gen_ai.client.token.usage', { ...good, 'gen_ai.token.type': 'output' })).toBe(3);
    expect(counts('gen_ai.server.time_to_first_token', good)).toBe(1);
    expect(counts('turnpike.gateway.duration', {})).toBe(5);
    expect(counts('turnpike.gateway.duration', { 'turnpike.outcome': 'refused' })).toBe(1);

    for (const { headers, text } of collector.bodies) {
      expect(headers.get('content-type')).toBe('application/json');
      expect(headers.get('authorization')).toBe(`Bearer ${COLLECTOR_KEY}`);
      expect(headers.get('x-scope')).toBe('a');
      expect(text).toContain('{"key":"service.name","value":{"stringValue":"toll"}}');
      for (const secret of [PROMPT, server.key, UPSTREAM_KEY, COLLECTOR_KEY, 'owner@localhost'])
        expect({ secret, found: text.includes(secret) }).toEqual({ secret, found: false });
    }
    expect(server.log()).not.toContain(COLLECTOR_KEY);

    const lines = requestLines(server);
    expect(lines).toHaveLength(5);
    expect(lines.filter(({ trace }) => trace !== undefined).map(({ trace }) => trace)).toEqual(
      expect.arrayContaining([answer.id.replaceAll('-', ''), PARENT.traceId]),
    );
  });

  test('a share of the requests: the same in the traces and in the log', async () => {
    const collector = collect();
    const server = await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.5',
      OTEL_BSP_SCHEDULE_DELAY: '20',
      TURNPIKE_LOG_SAMPLE: '0.5',
    });
    const asked = await Promise.all(
      Array.from({ length: 40 }, () => server.post('/v1/chat/completions', BODY)),
    );
    for (const answer of asked) expect(answer.status).toBe(200);
    expect((await server.post('/v1/chat/completions', { ...BODY, n: 0 })).status).toBe(400);
    await server.kill();
    const traced = collector.spans().flatMap(({ facts }) => facts['turnpike.request.id'] ?? []);
    const logged = requestLines(server);
    const wentWell = logged.filter(({ outcome }) => outcome === 'completed').map(({ request }) => request);
    expect(logged.filter(({ outcome }) => outcome === 'refused')).toHaveLength(1);
    expect(wentWell.length).toBeGreaterThan(0);
    expect(wentWell.length).toBeLessThan(40);
    expect(traced).toEqual(expect.arrayContaining(wentWell));
  });
});

describe('a collector that is no help', () => {
  const askSome = async (server: RunningServer) => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        server.post('/v1/chat/completions', { ...BODY, stream: index % 2 === 0 }),
      ),
    );
    for (const answer of answers) await answer.text();
    return answers.filter(({ status }) => status === 200).length;
  };
  const warnings = (server: RunningServer) =>
    server
      .log()
      .split('\n')
      .filter((line) => line.includes('telemetry-not-delivered')).length;
  const environmentOf = (url: string) => ({
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_BSP_SCHEDULE_DELAY: '1',
    OTEL_METRIC_EXPORT_INTERVAL: '20',
  });

  test('one that is away costs no request and one warning', async () => {
    const server = await start(environmentOf('http://127.0.0.1:9'));
    expect(await askSome(server)).toBe(20);
    expect(await askSome(server)).toBe(20);
    expect(await server.kill()).toBe(0);
    expect(warnings(server)).toBe(1);
  });

  test('one that never answers holds up neither a request nor the end', async () => {
    const collector = collect(() => new Promise<Response>(() => {}));
    const server = await start(environmentOf(collector.url));
    expect(await askSome(server)).toBe(20);
    expect(await askSome(server)).toBe(20);
    expect(collector.bodies.length).toBeGreaterThan(0);
    expect(await server.kill()).toBe(0);
    // Every report was under way alone: one of spans, one of metrics, and the last words.
    expect(collector.bodies.length).toBeLessThanOrEqual(4);
  });

  test('one that refuses is not asked twice about the same', async () => {
    const collector = collect(() => new Response('no', { status: 401 }));
    const server = await start(environmentOf(collector.url));
    expect(await askSome(server)).toBe(20);
    await server.kill();
    const ids = collector.spans().flatMap(({ facts }) => facts['turnpike.request.id'] ?? []);
    expect(new Set(ids).size).toBe(20);
    expect(ids).toHaveLength(20);
  });
});

describe('what anybody can read', () => {
  let server: RunningServer;
  let figures: string;
  beforeAll(async () => {
    server = await startServer({ TURNPIKE_LIMITS: 'off' });
    await (await server.post('/v1/chat/completions', { ...BODY, stream: true })).text();
    figures = await (await server.fetch('/metrics')).text();
  });
  afterAll(() => stopServer(server));

  test('each answer says what the gateway itself took', async () => {
    for (const stream of [false, true]) {
      const answer = await server.post('/v1/chat/completions', { ...BODY, stream });
      expect(answer.headers.get('x-turnpike-overhead-ms')).toMatch(/^\d+\.\d{3}$/);
      await answer.text();
    }
  });

  test('the dashboard and the alerts ask for nothing that is not there', async () => {
    const shown = await Bun.file(new URL('../../ops/grafana/turnpike.json', import.meta.url)).json();
    const queries: string[] = shown.panels.flatMap((panel: { targets?: { expr: string }[] }) =>
      (panel.targets ?? []).map(({ expr }) => expr),
    );
    const text = await Bun.file(new URL('../../ops/prometheus/alerts.yaml', import.meta.url)).text();
    const alerts = Bun.YAML.parse(text) as { groups: { rules: { expr: string }[] }[] };
    const conditions = alerts.groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
    expect(queries.length).toBeGreaterThanOrEqual(8);
    expect(conditions.length).toBeGreaterThanOrEqual(4);

    const exposed = new Set([...figures.matchAll(/^([a-z_]+)(?=[ {])/gm)].map(([, name]) => name));
    const labels = new Set([...figures.matchAll(/[{,]([a-z]+)="/g)].map(([, name]) => name));
    for (const query of [...queries, ...conditions]) {
      const names = [...query.matchAll(/\b(?:turnpike|process)_[a-z_]+/g)].map(([name]) => name);
      expect({ query, names: names.length > 0 }).toEqual({ query, names: true });
      for (const name of names) expect({ name, isThere: exposed.has(name) }).toEqual({ name, isThere: true });
      const asked = [
        ...[...query.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/, */)),
        ...[...query.matchAll(/[{,]\s*([a-z]+)\s*(?:=~|!~|!=|=)/g)].map(([, name]) => name),
      ];
      for (const label of asked)
        expect({ query, label, isThere: labels.has(label ?? '') }).toMatchObject({ isThere: true });
    }
  });

  test.each(['README.md', 'README.zh-CN.md'])('%s names every metric', async (readme) => {
    const text = await Bun.file(new URL(`../../${readme}`, import.meta.url)).text();
    const metrics = [...figures.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(metrics.length).toBeGreaterThan(0);
    for (const name of metrics)
      expect({ name, isNamed: text.includes(`| \`${name}\` |`) }).toEqual({ name, isNamed: true });
  });

  test('whether the storage can be written', () => {
    expect(figures.split('\n')).toContain('turnpike_storage_ready 1');
  });
});
