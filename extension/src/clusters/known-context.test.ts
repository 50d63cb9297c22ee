import { describe, expect, it } from 'vitest';
import { Settings } from '../settings/settings.ts';
import { isLocal } from './known-context.ts';

const patterns = Settings.parse({})['cluster.localContexts'];

describe('a local cluster', () => {
  it.each(['https://127.0.0.1:6443', 'https://localhost:6443', 'https://[::1]:6443', 'https://0.0.0.0:41235'])(
    'is one that Kind made and that listens on %s',
    (server) => {
      expect(isLocal({ name: 'kind-dev', server }, patterns)).toBe(true);
    },
  );

  it('is not what only listens on loopback: a tunnel to production does', () => {
    expect(isLocal({ name: 'production', server: 'https://127.0.0.1:6443' }, patterns)).toBe(false);
  });

  it('is not what only is called so', () => {
    expect(isLocal({ name: 'kind-dev', server: 'https://10.0.0.7:6443' }, patterns)).toBe(false);
    expect(isLocal({ name: 'kind-dev', server: 'https://127.0.0.1.example.com' }, patterns)).toBe(false);
    expect(isLocal({ name: 'kind-dev', server: '' }, patterns)).toBe(false);
  });

  it('is called by the whole pattern, in which only * stands for something else', () => {
    expect(isLocal({ name: 'not-kind-dev', server: 'https://127.0.0.1' }, patterns)).toBe(false);
    expect(isLocal({ name: 'axb', server: 'https://127.0.0.1' }, ['a.b'])).toBe(false);
    expect(isLocal({ name: 'a.b', server: 'https://127.0.0.1' }, ['a.b'])).toBe(true);
  });
});
