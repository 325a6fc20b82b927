import type { ConfigurationProblem } from '../../language/sentences.ts';
import { readShare } from '../share-of-requests.ts';

/** How OpenTelemetry's collector is reached and what it gets, by the standard's own variables. */
export interface TelemetrySettings {
  /** Without a slash at its end; `/v1/traces` and `/v1/metrics` are below it. */
  readonly endpoint: string;
  /** Sent with every report. They may hold the collector's key. */
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly sampling: Sampling;
  /** Until finished requests are sent, unless a batch is full before. */
  readonly spanDelayMs: number;
  readonly metricIntervalMs: number;
}

export interface Sampling {
  /** The share of the traces that begin here, 0 to 1. */
  readonly share: number;
  /** A trace that began elsewhere is kept if it is kept there. */
  readonly followsParent: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Report = (problem: ConfigurationProblem) => void;

const SAMPLERS: readonly string[] = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
];

/** The standard's own defaults. */
const SERVICE_NAME = 'turnpike';
const SAMPLER = 'parentbased_always_on';
const SPAN_DELAY_MS = 5_000;
const METRIC_INTERVAL_MS = 60_000;

/** A day: whoever wants less than that wants none. */
const LONGEST_MS = 86_400_000;

/** Undefined: nobody is told anything, because no collector is named or `OTEL_SDK_DISABLED` says so. */
export function readTelemetrySettings(
  environment: Environment,
  report: Report,
): TelemetrySettings | undefined {
  const read = (name: string) => environment[name]?.trim() || undefined;
  const address = read('OTEL_EXPORTER_OTLP_ENDPOINT');
  if (address === undefined || read('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return undefined;

  const endpoint = readEndpoint(address, report);
  const protocol = read('OTEL_EXPORTER_OTLP_PROTOCOL') ?? 'http/json';
  if (protocol !== 'http/json')
    report({ kind: 'one-of', name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: protocol, allowed: ['http/json'] });
  const headers = readHeaders(read('OTEL_EXPORTER_OTLP_HEADERS'), report);
  const milliseconds = (name: string, otherwise: number) => {
    const value = read(name) ?? String(otherwise);
    const number = Number(value);
    if (/^\d{1,8}$/.test(value) && number >= 1 && number <= LONGEST_MS) return number;
    report({ kind: 'number', name, value, least: 1, most: LONGEST_MS });
    return otherwise;
  };
  return {
    endpoint,
    headers,
    serviceName: read('OTEL_SERVICE_NAME') ?? SERVICE_NAME,
    sampling: readSampling(read('OTEL_TRACES_SAMPLER'), read('OTEL_TRACES_SAMPLER_ARG'), report),
    spanDelayMs: milliseconds('OTEL_BSP_SCHEDULE_DELAY', SPAN_DELAY_MS),
    metricIntervalMs: milliseconds('OTEL_METRIC_EXPORT_INTERVAL', METRIC_INTERVAL_MS),
  };
}

/** A password in an address stays out of terminals and logs; here it belongs into the headers. */
function readEndpoint(address: string, report: Report): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isUsable =
    /^https?:$/.test(url?.protocol ?? '') &&
    `${url?.username}${url?.password}${url?.search}${url?.hash}` === '';
  if (!isUsable) {
    const value = address.replace(/\/\/[^/]*@/, '//***@').replace(/[?#].*$/, '');
    report({ kind: 'collector', name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value });
  }
  return address.replace(/\/+$/, '');
}

/** `name=value` pairs with commas between them, the values in percent encoding. */
function readHeaders(text: string | undefined, report: Report): Record<string, string> {
  const headers = new Headers();
  for (const pair of text?.split(',').filter((part) => part.trim() !== '') ?? []) {
    const [, name = '', value = ''] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
    try {
      headers.set(name, decodeURIComponent(value));
    } catch {
      report({ kind: 'headers', name: 'OTEL_EXPORTER_OTLP_HEADERS' });
      break;
    }
  }
  return Object.fromEntries(headers);
}

function readSampling(name: string | undefined, argument: string | undefined, report: Report): Sampling {
  const sampler = name ?? SAMPLER;
  if (!SAMPLERS.includes(sampler))
    report({ kind: 'one-of', name: 'OTEL_TRACES_SAMPLER', value: sampler, allowed: SAMPLERS });
  const share = argument === undefined ? 1 : readShare(argument);
  const isRatio = sampler.endsWith('traceidratio');
  if (isRatio && share === undefined)
    report({ kind: 'share', name: 'OTEL_TRACES_SAMPLER_ARG', value: argument ?? '' });
  return {
    share: isRatio ? (share ?? 1) : sampler.endsWith('always_off') ? 0 : 1,
    followsParent: sampler.startsWith('parentbased_'),
  };
}
