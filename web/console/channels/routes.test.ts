import { expect, test } from 'bun:test';
import { answeredByNoOther, routeText } from './routes.ts';

test('a model under its own name is written once', () => {
  expect(routeText({ model: 'grok-beta', upstreamModel: 'grok-beta' })).toBe('grok-beta');
  expect(routeText({ model: ' grok-beta ', upstreamModel: '' })).toBe('grok-beta');
  expect(routeText({ model: '*', upstreamModel: 'llama3.2' })).toBe('*=llama3.2');
});

test('what only one channel answers is named; one that is off or answers all counts as it should', () => {
  const channel = (id: string, models: string[], enabled = true) => ({
    ...{ id, enabled },
    models: models.map((model) => ({ model, upstreamModel: model })),
  });
  const own = channel('a', ['x', 'y']);
  expect(answeredByNoOther(own, [own, channel('b', ['y']), channel('c', ['x'], false)])).toEqual(['x']);
  expect(answeredByNoOther(own, [own, channel('b', ['*'])])).toEqual([]);
});
