import { expect, it } from 'vitest';
import { Configuration } from './configuration.ts';
import { storeFolder, storePlace } from './store-place.ts';

function configured(memory: string): Configuration {
  return Configuration.parse({ agents: { jamie: { memory } } });
}

it('a store is a file, from the folder of the configuration on, and what belongs to it lies beside it', () => {
  expect(storePlace(configured('sqlite://./data/jamie.db'), '/agents/dev')).toEqual({
    kind: 'sqlite',
    file: '/agents/dev/data/jamie.db',
  });
  expect(storeFolder(configured('sqlite:///var/jamie.db'), '/agents/dev')).toBe('/var');
});

it('or a database, beside which nothing can lie', () => {
  const connectionString = 'postgres://agent@db.example/agent';
  expect(storePlace(configured(connectionString), '/agents/dev')).toEqual({ kind: 'postgres', connectionString });
  expect(storeFolder(configured(connectionString), '/agents/dev')).toBe('/agents/dev');
});
