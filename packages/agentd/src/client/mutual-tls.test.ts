import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Configuration } from '../configuration/configuration.ts';
import { startListening } from '../http/listen.ts';
import { certificateAuthority } from '../testing/certificates.ts';
import type { Authority } from '../testing/certificates.ts';
import { connectionOf } from './connection.ts';

interface Served {
  readonly company: Authority;
  readonly port: number;
  /** What comes of a call by a configuration with this `client` part. */
  readonly call: (client: object) => Promise<string>;
}

/** An agent that wants a certificate of its callers, and is asked by what a configuration says of the way to it. */
async function served(names = 'IP:127.0.0.1'): Promise<Served> {
  const company = certificateAuthority();
  const server = company.issue('agent', names);
  const listening = await startListening(
    { kind: 'tcp', host: '127.0.0.1', port: 0, tls: { ...server, clientAuthority: company.certificate } },
    (request, answer) => void answer.setHeader('x-called', request.headers.host ?? '').end('inside'),
  );
  onTestFinished(() => listening.close(1000));
  const port = Number(new URL(listening.address).port);
  const call = async (client: object): Promise<string> => {
    const configuration = Configuration.parse({
      listen: { kind: 'tcp', port, tls: { certificate: 'agent.pem', key: 'agent.key' } },
      client,
    });
    const { fetch } = await connectionOf(configuration, company.folder);
    return await (await fetch(new Request('http://localhost/livez', { signal: AbortSignal.timeout(10_000) }))).text();
  };
  return { company, port, call };
}

describe('an agent that wants a certificate of its callers', () => {
  it('answers one who shows a certificate of its authority, whose own certificate he pins or whose authority he trusts', async () => {
    const { company, call } = await served();
    const ann = company.issue('ann');
    expect(await call({ certificate: ann.certificate, key: ann.key })).toBe('inside');
    expect(await call({ certificate: 'ann.pem', key: 'ann.key', authority: 'authority.pem' })).toBe('inside');
  });

  it('answers nobody who shows none, or one of another authority, or one that is its own', async () => {
    const { company, call } = await served();
    const stranger = certificateAuthority().issue('stranger');
    await expect(call({})).rejects.toThrow(/tls|TLS|ECONNRESET|EPIPE|socket|certificate|SSL/);
    await expect(call(stranger)).rejects.toThrow(/tls|TLS|ECONNRESET|EPIPE|socket|certificate|SSL/);
    await expect(call({ certificate: 'agent.pem', key: 'agent.key' })).rejects.toThrow(
      /tls|TLS|ECONNRESET|EPIPE|socket|certificate|SSL/,
    );
    company.issue('ann');
    expect(await call({ certificate: 'ann.pem', key: 'ann.key' })).toBe('inside');
  });

  it('is found at an address of its own, under the name that its certificate has', async () => {
    const { company, port, call } = await served('DNS:localhost');
    company.issue('ann');
    const own = { certificate: 'ann.pem', key: 'ann.key', authority: 'authority.pem' };
    expect(await call({ ...own, address: `https://localhost:${port}` })).toBe('inside');
    await expect(call({ ...own, address: `https://127.0.0.1:${port}` })).rejects.toThrow(/altnames|IP/);
  });

  it('is not spoken to where another authority has issued its certificate, so that no token goes astray', async () => {
    const { company, call } = await served();
    const ann = company.issue('ann');
    await expect(call({ ...ann, authority: certificateAuthority().certificate })).rejects.toThrow(/certificate/);
  });
});

describe('the files of a client', () => {
  it('are refused with a sentence that tells the setting and nothing of their content', async () => {
    const { company, call } = await served();
    const [ann, ben] = [company.issue('ann'), company.issue('ben')];
    const odd = join(company.folder, 'odd.pem');
    writeFileSync(odd, 'SECRET-CONTENT');
    await expect(call({ certificate: ann.certificate })).rejects.toMatchObject({
      code: 'config.invalid',
      message: 'A client certificate and its key go together.',
    });
    await expect(call({ certificate: ann.certificate, key: ben.key })).rejects.toThrow(
      'not that of the client certificate',
    );
    await expect(call({ certificate: ann.certificate, key: odd })).rejects.toThrow(
      /odd\.pem does not hold what client\.key has to name/,
    );
    await expect(call({ ...ann, authority: 'none.pem' })).rejects.toThrow(/none\.pem cannot be read \(ENOENT\)/);
  });

  it('do not make an agent elsewhere one that is spoken to in the clear, or believed without a reason', async () => {
    const to = async (client: object): Promise<unknown> => await connectionOf(Configuration.parse({ client }), '/');
    await expect(to({ address: 'http://agent.example:7070' })).rejects.toThrow('not spoken to without TLS');
    await expect(to({ address: 'https://agent.example:7070' })).rejects.toThrow('by what the agent is to be believed');
  });
});
