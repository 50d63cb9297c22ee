import { describe, expect, it } from 'vitest';
import { Configuration } from '../configuration/configuration.ts';
import { connectionOf } from './connection.ts';
import type { Connection } from './connection.ts';

async function to(listen: object): Promise<Connection> {
  return await connectionOf(Configuration.parse({ listen }), '/agents/dev');
}

describe('the way to an agent', () => {
  it('has the address that the configuration names', async () => {
    expect((await to({ kind: 'socket', path: 'a.sock' })).address).toBe('unix:/agents/dev/a.sock');
    expect((await to({ kind: 'tcp', port: 7070 })).address).toBe('http://127.0.0.1:7070');
    expect((await to({ kind: 'tcp', host: '::1', port: 7070 })).address).toBe('http://[::1]:7070');
  });

  it('that cannot be told from the configuration, or leads beyond this machine in the clear, is refused', async () => {
    await expect(to({ kind: 'tcp', port: 0 })).rejects.toMatchObject({ code: 'config.invalid' });
    await expect(to({ kind: 'tcp', host: '10.0.0.1', port: 7070 })).rejects.toMatchObject({ code: 'config.invalid' });
    await expect(to({ kind: 'tcp', port: 7070, tls: { certificate: 'none.pem', key: 'none.key' } })).rejects.toThrow(
      '/agents/dev/none.pem cannot be read (ENOENT)',
    );
  });
});
