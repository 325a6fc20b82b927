import type { SpendLimits } from '../../domain/spend-limit.ts';
import type {
  CheckpointCommand,
  ExtendCommand,
  GrantCommand,
  HoldCommand,
  PostCommand,
  VoidCommand,
} from '../ledger-store.ts';
import type { RequestRecord } from '../usage-store.ts';
import { HOLD_STEP } from './transaction-rows.ts';

/** A command on its way to the database, by name. */
export type LedgerCommand =
  | { readonly name: 'grant' | 'withdraw'; readonly command: GrantCommand }
  | { readonly name: 'hold'; readonly command: HoldCommand }
  | { readonly name: 'extend'; readonly command: ExtendCommand }
  | { readonly name: 'checkpoint'; readonly command: CheckpointCommand }
  | { readonly name: 'post'; readonly command: PostCommand }
  | { readonly name: 'void'; readonly command: VoidCommand }
  | { readonly name: 'record'; readonly command: RequestRecord }
  /** Ends these holds, if they are still open and their processes dead. */
  | { readonly name: 'expire'; readonly command: ExpireCommand };

export interface ExpireCommand {
  readonly holdIds: readonly string[];
  readonly liveProcessId: string;
  readonly atMs: number;
}

/** The rows that a batch of commands may look at, by their ids. */
export interface LedgerNeeds {
  readonly walletIds: string[];
  readonly holdIds: string[];
  readonly grantIds: string[];
  /** Transactions that set credit aside, by their request and step. */
  readonly asides: { requestId: string; step: number }[];
  readonly requestIds: string[];
  /** Whose spendings decide: of keys named by holds, and of the holds that are extended. */
  readonly spenders: { organizationId: string; keyId: string; atMs: number }[];
  readonly spendingHoldIds: string[];
}

export function needsOf(commands: readonly LedgerCommand[]): LedgerNeeds {
  const needs: LedgerNeeds = {
    walletIds: [],
    holdIds: [],
    grantIds: [],
    asides: [],
    requestIds: [],
    spenders: [],
    spendingHoldIds: [],
  };
  for (const command of commands) addNeeds(needs, command);
  return needs;
}

function addNeeds(needs: LedgerNeeds, { name, command }: LedgerCommand): void {
  switch (name) {
    case 'grant':
    case 'withdraw':
      needs.walletIds.push(command.walletId);
      needs.grantIds.push(command.transactionId);
      return;
    case 'hold': {
      const { organizationId, keyId } = command.origin;
      needs.walletIds.push(command.walletId);
      needs.holdIds.push(command.holdId);
      needs.requestIds.push(command.holdId);
      needs.asides.push({ requestId: command.holdId, step: HOLD_STEP });
      if (isLimited(command.spendLimits)) needs.spenders.push({ organizationId, keyId, atMs: command.atMs });
      return;
    }
    case 'extend':
      needs.holdIds.push(command.holdId);
      needs.asides.push({ requestId: command.holdId, step: command.step });
      if (isLimited(command.spendLimits)) needs.spendingHoldIds.push(command.holdId);
      return;
    case 'checkpoint':
      needs.holdIds.push(command.holdId);
      return;
    case 'post':
    case 'void':
      needs.holdIds.push(command.holdId);
      needs.requestIds.push(command.holdId);
      return;
    case 'record':
      needs.holdIds.push(command.requestId);
      needs.requestIds.push(command.requestId);
      return;
    case 'expire':
      needs.holdIds.push(...command.holdIds);
      needs.requestIds.push(...command.holdIds);
  }
}

function isLimited(limits: SpendLimits | undefined): boolean {
  return limits !== undefined && (limits.perDayTicks !== null || limits.perMonthTicks !== null);
}
