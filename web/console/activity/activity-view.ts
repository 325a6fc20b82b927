import type { ActivityKind } from '../../../src/http/api/wire/operator-installation.ts';

export const SPANS = ['all', 'day', 'week', 'month'] as const;
export type Span = (typeof SPANS)[number];
export const KINDS: readonly ActivityKind[] = ['access', 'money', 'models', 'installation'];

/** Which changes are looked at. */
export interface ActivityView {
  readonly kind: ActivityKind | undefined;
  readonly actor: { readonly id: string; readonly name: string } | undefined;
  readonly span: Span;
  /** When the span begins, fixed when it was chosen. */
  readonly fromMs: number | undefined;
}

export const ALL_CHANGES: ActivityView = {
  ...{ kind: undefined, actor: undefined, span: 'all', fromMs: undefined },
};

const DAY_MS = 86_400_000;
const SPAN_DAYS = { day: 1, week: 7, month: 30 } as const;

export function withSpan(view: ActivityView, span: Span, nowMs: number): ActivityView {
  return { ...view, span, fromMs: span === 'all' ? undefined : nowMs - SPAN_DAYS[span] * DAY_MS };
}

export function activityPath({ kind, actor, fromMs }: ActivityView): string {
  const query = new URLSearchParams({
    ...(kind !== undefined && { kind }),
    ...(actor !== undefined && { actor: actor.id }),
    ...(fromMs !== undefined && { fromMs: String(fromMs) }),
  });
  return `/operator/activity${query.size === 0 ? '' : `?${query}`}`;
}
