import { describe, expect, test } from 'bun:test';
import { ScriptedUpstream } from '../../test/fakes/scripted-upstream.ts';
import { testModel } from '../../test/fakes/test-gateway.ts';
import type { ChannelRow } from '../storage/channel-store.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { UpstreamChoice } from './config.ts';
import { UpstreamTable } from './upstream-table.ts';

const BETA = testModel();
const VISION = testModel({ id: 'grok-vision-beta', aliases: [] });

function named(name: string, kind: Upstream['kind']): Upstream {
  const scripted = new ScriptedUpstream();
  return {
    name,
    kind,
    simulated: kind === 'simulator',
    inputModalities: kind === 'local' ? ['text'] : ['text', 'image'],
    upstreamModel: () => `${name}-model`,
    send: (call) => scripted.send(call),
  };
}

function openTable(choice?: UpstreamChoice) {
  const logged: unknown[] = [];
  const note = (event: string, facts?: unknown) => void logged.push([event, facts]);
  const table = new UpstreamTable({
    simulator: named('simulator', 'simulator'),
    choice,
    unseal(sealed) {
      if (sealed === 'foreign') throw new Error('sealed with another key file');
      return sealed;
    },
    log: { info: note, warn: note, error: note },
  });
  const namesOf = (model = BETA) => table.of(model).map(({ name }) => name);
  return { table, namesOf, logged };
}

let rows = 0;
function channel(changes: Partial<ChannelRow>): ChannelRow {
  rows += 1;
  return {
    id: `channel-${rows}`,
    name: `channel ${rows}`,
    kind: 'openai-compatible',
    baseUrl: 'http://127.0.0.1:1/v1',
    sealedKey: null,
    models: { '*': '*' },
    inputModalities: ['text'],
    contextTokens: null,
    priority: 0,
    enabled: true,
    createdAtMs: 0,
    ...changes,
  };
}

describe('without a channel', () => {
  test('the engine on this machine answers if it is there, else the simulator', () => {
    const { table, namesOf } = openTable();
    expect(namesOf()).toEqual(['simulator']);
    table.setLocal(named('local', 'local'));
    expect(namesOf()).toEqual(['local', 'simulator']);
    table.setLocal(undefined);
    expect(namesOf()).toEqual(['simulator']);
  });

  test('TURNPIKE_UPSTREAM decides', () => {
    const choice = {
      kind: 'openai-compatible',
      name: 'h',
      baseUrl: 'http://h/v1',
      key: undefined,
      model: 'llama',
    } as const;
    const { table, namesOf } = openTable(choice);
    table.setLocal(named('local', 'local'));
    expect(namesOf()).toEqual(['h']);
    expect(table.of(BETA)[0]?.upstreamModel('grok-beta')).toBe('llama');
    expect(openTable({ kind: 'simulator' }).namesOf()).toEqual(['simulator']);
  });

  test('TURNPIKE_UPSTREAM=local is never answered by a simulator instead', () => {
    const { table, namesOf } = openTable({ kind: 'local' });
    expect(namesOf()).toEqual([]);
    table.setLocal(named('local', 'local'));
    expect(namesOf()).toEqual(['local']);
  });
});

describe('channels', () => {
  test('for the model come before those for every model, and before everything else', () => {
    const { table, namesOf } = openTable({ kind: 'simulator' });
    table.setChannels([
      channel({ name: 'every' }),
      channel({ name: 'beta', models: { 'grok-beta': 'llama' } }),
      channel({ name: 'off', models: { 'grok-beta': 'x' }, enabled: false }),
    ]);
    expect(namesOf()).toEqual(['beta', 'every']);
    expect(namesOf(VISION)).toEqual(['every']);
    table.setChannels([channel({ name: 'off', enabled: false })]);
    expect(namesOf()).toEqual(['simulator']);
  });

  test('rename models as they were told', () => {
    const { table } = openTable();
    const nameIn = (models: Record<string, string>) => {
      table.setChannels([channel({ models })]);
      return table.of(BETA)[0]?.upstreamModel('grok-beta');
    };
    expect(nameIn({ 'grok-beta': 'llama3.2' })).toBe('llama3.2');
    expect(nameIn({ '*': '*' })).toBe('grok-beta');
    expect(nameIn({ '*': 'llama3.2' })).toBe('llama3.2');
    expect(nameIn({ '*': 'llama3.2', 'grok-beta': 'mine' })).toBe('mine');
  });

  test('to the engine on this machine wait for it, whichever was there first', () => {
    const { table, namesOf } = openTable();
    table.setChannels([channel({ name: 'own', kind: 'local' })]);
    // An operator who named it does not get a simulator in its place.
    expect(namesOf()).toEqual([]);
    table.setLocal(named('local', 'local'));
    expect(namesOf()).toEqual(['own']);
    expect(table.of(BETA)[0]).toMatchObject({ name: 'own', kind: 'local' });
  });

  test('whose key cannot be read stand alone in their misfortune', () => {
    const { table, namesOf, logged } = openTable();
    table.setChannels([
      channel({ name: 'lost', sealedKey: 'foreign', models: { 'grok-beta': 'grok-beta' } }),
      channel({ name: 'fine', sealedKey: 'sk-1', models: { 'grok-vision-beta': 'grok-vision-beta' } }),
    ]);
    expect(namesOf()).toEqual([]);
    expect(namesOf(VISION)).toEqual(['fine']);
    expect(logged).toEqual([['channel-key-not-readable', { channel: 'lost' }]]);
  });

  test('to the simulator go by their own name and say what they are', () => {
    const { table } = openTable();
    table.setChannels([channel({ name: 'try', kind: 'simulator' })]);
    expect(table.of(BETA)[0]).toMatchObject({ name: 'try', simulated: true });
  });
});
