import { describe, expect, it } from 'vitest';
import { Configuration } from './configuration.ts';
import { configuredAddress } from './configured-address.ts';

const tls = { certificate: 'tls/agent.pem', key: '/etc/agent.key' };

function of(listen: unknown): ReturnType<typeof configuredAddress> {
  return configuredAddress(Configuration.parse({ listen }), '/agents/dev');
}

describe('where an agent listens', () => {
  it('is its socket beside its store, or where the configuration says', () => {
    expect(configuredAddress(Configuration.parse({}), '/agents/dev')).toEqual({
      kind: 'socket',
      path: '/agents/dev/data/agent.sock',
    });
    expect(of({ kind: 'socket', path: 'a.sock' })).toEqual({ kind: 'socket', path: '/agents/dev/a.sock' });
  });

  it('is an address, whose files lie beside the configuration', () => {
    expect(of({ kind: 'tcp', port: 7070 })).toEqual({ kind: 'tcp', host: '127.0.0.1', port: 7070 });
    expect(of({ kind: 'tcp', host: '0.0.0.0', port: 7070, tls })).toMatchObject({
      host: '0.0.0.0',
      tls: { certificate: '/agents/dev/tls/agent.pem', key: '/etc/agent.key' },
    });
  });

  it('is never beyond this machine without TLS', () => {
    expect(() => of({ kind: 'tcp', host: '10.0.0.1', port: 7070 })).toThrow('does not listen on 10.0.0.1 without TLS');
  });
});
