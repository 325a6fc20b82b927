import type { Ticks } from '../domain/money.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { Language } from '../language/choose-language.ts';
import type { ConsolePorts } from './console-ports.ts';
import { balanceOf } from './read-account.ts';

export const DAY_MS = 86_400_000;

/** A team that wants more lines than this wants a report. */
const MAXIMUM_ALERTS = 20;

export interface AlertRule {
  readonly id: string;
  readonly kind: 'balance-below' | 'spent-in-a-day';
  readonly thresholdTicks: Ticks;
  readonly enabled: boolean;
  /**
   * Whether each crossing is told by letter to the team's owners and to who looks after its bills: the language of
   * whoever asked for it, for those who have chosen none. Null tells nobody.
   */
  readonly letter: Language | null;
}

/** A rule, held against what there is now. */
export interface SeenAlert extends AlertRule {
  readonly isCrossed: boolean;
  readonly nowTicks: Ticks;
}

type AlertPorts = Pick<ConsolePorts, 'settings' | 'ledger' | 'reports' | 'clock'>;

/** The lines that a team has drawn, or some of them, and whether each is crossed. */
export async function seeAlerts(
  ports: AlertPorts,
  organizationId: string,
  isLookedAt: (rule: AlertRule) => boolean = () => true,
): Promise<readonly SeenAlert[]> {
  const rules = (await readRules(ports, organizationId)).filter(isLookedAt);
  if (rules.length === 0) return [];
  const nowMs = ports.clock.nowMs();
  const fromMs = nowMs - (nowMs % DAY_MS);
  const [balance, today] = await Promise.all([
    balanceOf(ports, organizationId),
    ports.reports.usage(
      organizationId,
      { fromMs, toMs: fromMs + DAY_MS, step: 'day' },
      { byKey: false, byModel: false },
    ),
  ]);
  const spentTicks = today.reduce((sum, { costTicks }) => sum + costTicks, 0n);
  return rules.map((rule) => {
    const isBalance = rule.kind === 'balance-below';
    const nowTicks = isBalance ? balance.availableTicks : spentTicks;
    const isBeyond = isBalance ? nowTicks < rule.thresholdTicks : nowTicks > rule.thresholdTicks;
    return { ...rule, nowTicks, isCrossed: rule.enabled && isBeyond };
  });
}

export async function addAlert(
  ports: Pick<ConsolePorts, 'settings' | 'random'>,
  organizationId: string,
  rule: Pick<AlertRule, 'kind' | 'thresholdTicks' | 'letter'>,
): Promise<string | Refusal> {
  const rules = await readRules(ports, organizationId);
  if (rules.length >= MAXIMUM_ALERTS) return refuse('too-many-alerts', { most: MAXIMUM_ALERTS });
  const id = ports.random.uuid();
  await writeRules(ports, organizationId, [...rules, { id, enabled: true, ...rule }]);
  return id;
}

/** The rule as it was before; undefined when the team has none of that id. What was told of it is told anew. */
export async function changeAlert(
  ports: Pick<ConsolePorts, 'settings' | 'alertLetters'>,
  organizationId: string,
  id: string,
  edit:
    | { readonly [Name in 'thresholdTicks' | 'enabled' | 'letter']?: AlertRule[Name] | undefined }
    | 'remove',
): Promise<AlertRule | undefined> {
  const rules = await readRules(ports, organizationId);
  const before = rules.find((rule) => rule.id === id);
  if (before === undefined) return undefined;
  const others = rules.filter((rule) => rule !== before);
  if (edit !== 'remove') {
    const { thresholdTicks = before.thresholdTicks, enabled = before.enabled, letter = before.letter } = edit;
    others.push({ ...before, thresholdTicks, enabled, letter });
  }
  await writeRules(ports, organizationId, others);
  await ports.alertLetters.forget(id);
  return before;
}

/** Those that were drawn before there were letters say nothing of them. */
type StoredRule = Omit<AlertRule, 'thresholdTicks' | 'letter'> & {
  readonly thresholdTicks: string;
  readonly letter?: AlertRule['letter'];
};

async function readRules(
  { settings }: Pick<ConsolePorts, 'settings'>,
  organizationId: string,
): Promise<readonly AlertRule[]> {
  const stored = await settings.get(nameOf(organizationId));
  if (stored === undefined) return [];
  return (JSON.parse(stored) as StoredRule[]).map((rule) => ({
    ...rule,
    letter: rule.letter ?? null,
    thresholdTicks: BigInt(rule.thresholdTicks),
  }));
}

async function writeRules(
  { settings }: Pick<ConsolePorts, 'settings'>,
  organizationId: string,
  rules: readonly AlertRule[],
): Promise<void> {
  const plain = rules.map((rule) => ({ ...rule, thresholdTicks: String(rule.thresholdTicks) }));
  await settings.set(nameOf(organizationId), JSON.stringify(plain));
}

function nameOf(organizationId: string): string {
  return `alerts:${organizationId}`;
}
