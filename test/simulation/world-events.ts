import type { Change } from '../../src/ports/changes.ts';
import { sheetOf } from './parts/durable-storage.ts';
import type { Replica } from './parts/replica.ts';
import { WORLD_BEGAN_MS } from './parts/replica-clock.ts';
import type { EventPlan } from './plan/plan.ts';
import type { World } from './world.ts';

/** A payment provider that hears nothing delivers again, some times. */
const DELIVERIES = 6;
const DELIVER_AGAIN_MS = 2_000;
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
      if (event.onCommand !== undefined) {
        world.crashOn.push({ ...event.onCommand, event });
        return `to crash on ${event.onCommand.name}`;
      }
      return crash(world, event);
    case 'shut-down':
      return shutDown(world, event);
    case 'revoke':
    case 'disable': {
      const change = event.kind === 'revoke' ? { revokedAtMs: WORLD_BEGAN_MS } : { disabled: true };
      const by = { modifiedAtMs: WORLD_BEGAN_MS, modifiedBy: 'operator' };
      durable.keys.change(event.account.id, event.key.id, { ...change, ...by }).then(
        () => tell(world, { kind: 'key', id: event.key.id }, event.key.id),
        (reason) => world.auditor.broken('', reason),
      );
      return event.key.id;
    }
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
    case 'reap': {
      const replica = world.replicas.find((one) => one?.isServing);
      replica?.ledger.expireHoldsOfOthers(replica.processId, replica.clock.nowMs()).catch(() => {});
      return replica?.owner ?? 'nobody serves';
    }
    case 'audit':
      durable.ledger.audit(undefined).then(
        ({ findings }) => {
          const [finding] = findings;
          if (finding !== undefined)
            world.auditor.broken('', `the audit finds ${finding.kind}: ${finding.detail}`);
        },
        (reason) => world.auditor.broken('', reason),
      );
      return 'audited';
  }
}

export function crash(world: World, event: EventPlan & { kind: 'crash' }): string {
  world.startAfter(event.replica, event.backAfterMs);
  return world.stop(event.replica, 'crashed');
}

/** Delivers a payment to whichever process serves, and again while nothing is heard. */
function deliver(
  world: World,
  event: EventPlan & { kind: 'grant' | 'withdraw' },
  afterMs: number,
  attempts: number,
): void {
  world.at(afterMs, event.id, `${event.kind} delivered`, () => {
    const serving = world.replicas.filter((replica): replica is Replica => replica?.isServing === true);
    const again = () => {
      if (attempts > 1) deliver(world, event, DELIVER_AGAIN_MS, attempts - 1);
    };
    if (serving.length === 0) {
      again();
      return 'nobody serves';
    }
    const { ledger, owner, clock } = world.random.pick(serving);
    const { transactionId, accountId: walletId, amountTicks } = event;
    const command = { transactionId, walletId, amountTicks, memo: '', atMs: clock.nowMs() };
    const answering = event.kind === 'grant' ? ledger.grant(command) : ledger.withdraw(command);
    answering.then(
      ({ outcome }) => world.coverage.note(`${event.kind} heard ${outcome}`),
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
      for (const [id, call] of world.auditor.calls) {
        const isTheirs = call.owner === replica.owner && call.plan.key.id === keyId;
        if (isTheirs) world.auditor.caused(id, 'key-ended');
      }
      if (keyId !== undefined) world.auditor.keyEnded(replica.owner, keyId);
      replica.changed(change);
      return replica.owner;
    });
  }
}
