import { describe, expect, it } from 'vitest';
import { Configuration } from './configuration.ts';
import { socketPath } from './socket-path.ts';

const configuration = Configuration.parse({});

describe.skipIf(process.platform === 'win32')('the socket of an agent', () => {
  it('lies beside its store', () => {
    expect(socketPath(configuration, '/home/ann/shop')).toBe('/home/ann/shop/data/agent.sock');
  });

  it('has a short path where a deep folder would make it too long for a socket', () => {
    const deep = `/home/ann/${'a-folder-with-a-long-name/'.repeat(6)}`;
    const path = socketPath(configuration, deep);
    expect(Buffer.byteLength(path)).toBeLessThanOrEqual(103);
    expect(path).toMatch(/\/autodevops\/run\/[0-9a-f]{16}\.sock$/);
    expect(socketPath(configuration, deep)).toBe(path);
    expect(socketPath(configuration, `${deep}/other`)).not.toBe(path);
  });

  it('is where the configuration says', () => {
    expect(
      socketPath(Configuration.parse({ listen: { kind: 'socket', path: '../run/a.sock' } }), '/home/ann/shop'),
    ).toBe('/home/ann/run/a.sock');
  });
});
