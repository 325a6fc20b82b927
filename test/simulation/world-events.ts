import type { Change } from '../../src/ports/changes.ts';
import { describeFinding } from './auditor/describe-finding.ts';
import { sheetOf } from './parts/durable-storage.ts';
import type { Replica } from './parts/replica.ts';
import { WORLD_BEGAN_MS } from './parts/replica-clock.ts';
import type { EventPlan } from './plan/plan.ts';
import type { World } from './world.ts';

/** A payment provider that hears nothing delivers again, some times. */
const DELIVERIES = 6;
const DELIVER_AGAIN_MS = 2_000;
/** Until it is tried again while the first process is about to start. */
const DELIVER_SOON_MS = 20;
/** Until every process knows of a change; the promise is a second. */
const CHANGE_KNOWN_MS = 900;

/** Carries out one event of the plan; answers what came of it. */
export function happen(world: World, event: EventPlan): string {
  const { scheduler, durable } = world;
  switch (event.kind) {
    case 'grant':
    case 'withdraw':
      for (const afterMs of event.deliveriesMs) deliver(world, event, afterMs, DELIVERIES);
      return `${event.deliveriesMs.length} deliveries`;
    case 'crash':
    case 'reap': {
      const carryOut =
        event.kind === 'crash' ? (place: number) => crash(world, event, place) : () => reap(world);
      if (event.onCommand === undefined) return carryOut(event.kind === 'crash' ? event.replica : 0);
      world.onCommands.push({ ...event.onCommand, id: event.id, carryOut });
      return `on a ${event.onCommand.name}`;
    }
    case 'shut-down':
      return shutDown(world, event);
    case 'revoke':
    case 'disable':
      changeKey(world, event, { name: 'renamed' });
      world.at(event.afterMs, event.key.id, event.kind, () => {
        changeKey(
          world,
          event,
          event.kind === 'revoke' ? { revokedAtMs: WORLD_BEGAN_MS } : { disabled: true },
        );
        return event.key.id;
      });
      return 'renamed';
    case 'price':
      for (const call of world.auditor.calls.values()) {
        const isOpen = call.firstHoldMs !== undefined && call.overCount === 0;
        if (isOpen) world.auditor.situation('price changes under an open call');
      }
      durable.catalogue
        .addPrice(event.modelId, sheetOf(event.sheet, WORLD_BEGAN_MS + Math.floor(scheduler.nowMs)))
        .then(
          () => tell(world, { kind: 'model', id: event.modelId }, undefined),
          (reason) => world.auditor.broken('', reason),
        );
      return event.modelId;
    case 'away':
      world.faults.goAway(scheduler.nowMs + event.forMs, event.isCarriedOut);
      return `for ${event.forMs} ms`;
    case 'wall-clock':
      return world.moveWallClock(event.replica, event.jumpMs);
    case 'audit':
      durable.ledger.audit(undefined).then(
        ({ findings }) => {
          const [finding] = findings;
          if (finding !== undefined) world.auditor.broken('', `the audit finds ${describeFinding(finding)}`);
        },
        (reason) => world.auditor.broken('', reason),
      );
      return 'audited';
  }
}

function crash(world: World, { backAfterMs }: EventPlan & { kind: 'crash' }, place: number): string {
  world.startAfter(place, backAfterMs);
  return world.stop(place, 'crashed');
}

/** Ends the holds of dead processes once more, while one lives. */
function reap(world: World): string {
  const replica = world.replicas.find((one) => one?.isServing);
  replica?.ledger.expireHoldsOfOthers(replica.processId, replica.clock.nowMs()).catch(() => {});
  return replica?.owner ?? 'nobody serves';
}

function changeKey(
  world: World,
  { account, key }: EventPlan & { kind: 'revoke' | 'disable' },
  change: { name: string } | { revokedAtMs: number } | { disabled: true },
): void {
  const by = { modifiedAtMs: WORLD_BEGAN_MS, modifiedBy: 'operator' };
  const endedKey = 'name' in change ? undefined : key.id;
  // Whoever looks from now on sees it, told or not.
  for (const [id, call] of world.auditor.calls) {
    if (call.plan.key.id === endedKey) world.auditor.caused(id, 'key-ended');
  }
  world.durable.keys.change(account.id, key.id, { ...change, ...by }).then(
    () => tell(world, { kind: 'key', id: key.id }, endedKey),
    (reason) => world.auditor.broken('', reason),
  );
}

/** Delivers a payment to whichever process serves, and again while nothing is heard. */
function deliver(
  world: World,
  event: EventPlan & { kind: 'grant' | 'withdraw' },
  afterMs: number,
  attempts: number,
): void {
  const { scheduler } = world;
  world.at(afterMs, event.id, `${event.kind} delivered`, () => {
    const serving = world.replicas.filter((replica): replica is Replica => replica?.isServing === true);
    const again = () => {
      if (attempts > 1) deliver(world, event, DELIVER_AGAIN_MS, attempts - 1);
    };
    if (serving.length === 0) {
      deliver(
        world,
        event,
        scheduler.nowMs < DELIVER_SOON_MS * 5 ? DELIVER_SOON_MS : DELIVER_AGAIN_MS,
        attempts,
      );
      return 'nobody serves';
    }
    const replica = world.random.pick(serving);
    const { ledger, owner, clock } = replica;
    const { transactionId, accountId: walletId, amountTicks } = event;
    const command = { transactionId, walletId, amountTicks, memo: '', atMs: clock.nowMs() };
    const answering = event.kind === 'grant' ? ledger.grant(command) : ledger.withdraw(command);
    answering.then(
      ({ outcome }) => {
        world.coverage.note(`${event.kind} heard ${outcome}`);
        replica.changed({ kind: 'credit', id: walletId });
      },
      () => again(),
    );
    return owner;
  });
}

function shutDown(world: World, event: EventPlan & { kind: 'shut-down' }): string {
  const replica = world.replicas[event.replica];
  if (replica === undefined || !replica.isServing) return 'was not serving';
  for (const [id, call] of world.auditor.calls) {
    if (call.owner === replica.owner && call.overCount === 0) world.auditor.caused(id, 'shut-down');
  }
  replica.drain(event.graceMs).then(
    () => {
      if (world.replicas[event.replica] !== replica) return;
      world.stop(event.replica, 'shut down');
      world.startAfter(event.replica, event.backAfterMs);
    },
    (reason) => world.auditor.broken('', reason),
  );
  return replica.owner;
}

/** Every process hears of a change within the promised time; the one that made it at once. */
function tell(world: World, change: Change, keyId: string | undefined): void {
  for (const [place, replica] of world.replicas.entries()) {
    if (replica === undefined) continue;
    const afterMs = place === 0 ? 0 : world.random.whole(0, CHANGE_KNOWN_MS);
    world.at(afterMs, change.id, 'change known', () => {
      if (keyId !== undefined) world.auditor.keyEnded(replica.owner, keyId);
      replica.changed(change);
      return replica.owner;
    });
  }
}
