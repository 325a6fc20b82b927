import { expect, test } from 'bun:test';
import { describeSettings } from './describe-settings.ts';

test('every setting says what the environment calls it and whether it sets it; of a secret nothing more', () => {
  const secrets = {
    TURNPIKE_UPSTREAM_KEY: 'secret-1',
    TURNPIKE_DATABASE_URL: 'postgres://user:secret-2@host/database',
    TURNPIKE_METRICS_TOKEN: 'secret-3',
    TURNPIKE_ADMIN_PASSWORD: 'secret-4',
    TURNPIKE_INITIAL_API_KEY: 'secret-5',
  };
  const settings = describeSettings({ ...secrets, TURNPIKE_PORT: '7171', TURNPIKE_HOST: ' ' });
  const of = (name: string) => settings.find(({ environmentName }) => environmentName === name);
  expect(of('TURNPIKE_PORT')).toMatchObject({ name: 'port', value: '7171', source: 'environment' });
  expect(of('TURNPIKE_HOST')).toMatchObject({
    value: null,
    usual: '127.0.0.1',
    isSet: false,
    source: 'default',
  });
  for (const name of Object.keys(secrets))
    expect(of(name)).toMatchObject({ value: null, isSecret: true, isSet: true });
  expect(JSON.stringify(settings)).not.toContain('secret-');
});
