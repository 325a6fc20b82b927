import { describe, expect, test } from 'bun:test';
import type { ConfigurationProblem } from '../../language/sentences.ts';
import { readTelemetrySettings } from './telemetry-settings.ts';

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

function read(environment: Record<string, string>) {
  const problems: ConfigurationProblem[] = [];
  const settings = readTelemetrySettings(environment, (problem) => void problems.push(problem));
  return { settings, problems };
}

test('without a collector nothing is told, whatever else is set; nor when the standard says so', () => {
  expect(read({ OTEL_TRACES_SAMPLER: 'nonsense' })).toEqual({ settings: undefined, problems: [] });
  expect(read({ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }).settings).toBeUndefined();
  expect(read({ ...ENDPOINT, OTEL_SDK_DISABLED: 'TRUE' }).settings).toBeUndefined();
});

test("a collector alone: the standard's own defaults", () => {
  expect(read(ENDPOINT)).toEqual({
    settings: {
      endpoint: 'http://127.0.0.1:4318',
      headers: {},
      serviceName: 'turnpike',
      sampling: { share: 1, followsParent: true },
      spanDelayMs: 5_000,
      metricIntervalMs: 60_000,
    },
    problems: [],
  });
});

test('everything set', () => {
  const { settings, problems } = read({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otlp.example.org/tenant/',
    OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Basic%20YQ==,x-a = b ,',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_SERVICE_NAME: 'toll',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.25',
    OTEL_BSP_SCHEDULE_DELAY: '100',
    OTEL_METRIC_EXPORT_INTERVAL: '1000',
  });
  expect(problems).toEqual([]);
  expect(settings).toEqual({
    endpoint: 'https://otlp.example.org/tenant',
    headers: { authorization: 'Basic YQ==', 'x-a': 'b' },
    serviceName: 'toll',
    sampling: { share: 0.25, followsParent: true },
    spanDelayMs: 100,
    metricIntervalMs: 1_000,
  });
});

test('the samplers of the standard', () => {
  const samplingOf = (OTEL_TRACES_SAMPLER: string) =>
    read({ ...ENDPOINT, OTEL_TRACES_SAMPLER, OTEL_TRACES_SAMPLER_ARG: '.5' }).settings?.sampling;
  expect(samplingOf('always_on')).toEqual({ share: 1, followsParent: false });
  expect(samplingOf('always_off')).toEqual({ share: 0, followsParent: false });
  expect(samplingOf('traceidratio')).toEqual({ share: 0.5, followsParent: false });
  expect(samplingOf('parentbased_always_on')).toEqual({ share: 1, followsParent: true });
  expect(samplingOf('parentbased_always_off')).toEqual({ share: 0, followsParent: true });
});

describe('what cannot be used is said, and no secret with it', () => {
  test.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', '127.0.0.1:4318', 'collector'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'ftp://127.0.0.1', 'collector'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://me:secret@127.0.0.1:4318', 'collector'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://127.0.0.1:4318/?key=secret', 'collector'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc', 'one-of'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'secret', 'headers'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'x-a=%secret', 'headers'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'ä=secret', 'headers'],
    ['OTEL_TRACES_SAMPLER', 'jaeger_remote', 'one-of'],
    ['OTEL_BSP_SCHEDULE_DELAY', '0', 'number'],
    ['OTEL_METRIC_EXPORT_INTERVAL', '1e3', 'number'],
  ])('%s=%s', (name, value, kind) => {
    const { problems } = read({ ...ENDPOINT, [name]: value });
    expect(problems).toMatchObject([{ kind, name }]);
    expect(JSON.stringify(problems)).not.toContain('secret');
  });

  test('a share that is none', () => {
    for (const share of ['2', '-0.1', 'x', '1e-1']) {
      const environment = {
        ...ENDPOINT,
        OTEL_TRACES_SAMPLER: 'traceidratio',
        OTEL_TRACES_SAMPLER_ARG: share,
      };
      expect(read(environment).problems).toMatchObject([{ kind: 'share', value: share }]);
    }
  });
});
