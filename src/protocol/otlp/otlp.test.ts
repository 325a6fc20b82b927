import { expect, test } from 'bun:test';
import { writeHistograms } from './write-histograms.ts';
import { type Span, writeSpans } from './write-spans.ts';

const REPORTER = {
  resource: { 'service.name': 'turnpike' },
  scope: { name: 'turnpike', version: '1.2.3' },
};
const SPAN: Span = {
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: '00f067aa0ba902b7',
  parentSpanId: undefined,
  name: 'chat grok-beta',
  kind: 'client',
  startMs: 1_795_348_800_000.0625,
  endMs: 1_795_348_800_001.5,
  attributes: {},
  hasFailed: false,
};

function spanOf(changes: Partial<Span>) {
  return JSON.parse(writeSpans(REPORTER, [{ ...SPAN, ...changes }])).resourceSpans[0].scopeSpans[0].spans[0];
}

/** The shapes are those of the OTLP specification, "JSON Protobuf Encoding". */

test('a span: ids in hexadecimal, moments in nanoseconds as text, kind and status as numbers', () => {
  expect(JSON.parse(writeSpans(REPORTER, [SPAN]))).toEqual({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'turnpike' } }] },
        scopeSpans: [
          {
            scope: { name: 'turnpike', version: '1.2.3' },
            spans: [
              {
                traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
                spanId: '00f067aa0ba902b7',
                flags: 1,
                name: 'chat grok-beta',
                kind: 3,
                startTimeUnixNano: '1795348800000063000',
                endTimeUnixNano: '1795348800001500000',
                attributes: [],
                status: { code: 0 },
              },
            ],
          },
        ],
      },
    ],
  });
  const server = spanOf({ kind: 'server', hasFailed: true, parentSpanId: '00f067aa0ba902b8' });
  expect(server).toMatchObject({ kind: 2, status: { code: 2 }, parentSpanId: '00f067aa0ba902b8' });
});

test('attributes keep their types; what is undefined is left out', () => {
  const { attributes } = spanOf({
    attributes: { text: 'a', whole: 3n, fraction: 2, yes: true, list: ['stop', 'length'], none: undefined },
  });
  expect(attributes).toEqual([
    { key: 'text', value: { stringValue: 'a' } },
    { key: 'whole', value: { intValue: '3' } },
    { key: 'fraction', value: { doubleValue: 2 } },
    { key: 'yes', value: { boolValue: true } },
    { key: 'list', value: { arrayValue: { values: [{ stringValue: 'stop' }, { stringValue: 'length' }] } } },
  ]);
});

test('a histogram: cumulative, its counts as text, one more than there are bounds', () => {
  const metric = {
    name: 'gen_ai.client.operation.duration',
    description: 'GenAI operation duration.',
    unit: 's',
    bounds: [0.1, 1],
    series: [{ attributes: { 'gen_ai.operation.name': 'chat' }, counts: [1, 0, 2], count: 3, sum: 4.5 }],
  };
  const written = JSON.parse(writeHistograms(REPORTER, [metric], { sinceMs: 1_000, atMs: 2_000 }));
  expect(written.resourceMetrics[0].scopeMetrics[0].metrics).toEqual([
    {
      name: 'gen_ai.client.operation.duration',
      description: 'GenAI operation duration.',
      unit: 's',
      histogram: {
        aggregationTemporality: 2,
        dataPoints: [
          {
            attributes: [{ key: 'gen_ai.operation.name', value: { stringValue: 'chat' } }],
            startTimeUnixNano: '1000000000',
            timeUnixNano: '2000000000',
            count: '3',
            sum: 4.5,
            bucketCounts: ['1', '0', '2'],
            explicitBounds: [0.1, 1],
          },
        ],
      },
    },
  ]);
});
