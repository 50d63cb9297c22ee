import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Configuration } from '../configuration/configuration.ts';
import { connectionOf } from '../client/connection.ts';
import { agentAnswers } from './agent-answers.ts';
import { agentClientOf } from './agent-client-of.ts';
import { agentToken } from './agent-token.ts';

const env = { AUTODEVOPS_TOKEN: 'adt_of-the-test' };

function overTcp(port: number): Configuration {
  return Configuration.parse({ listen: { kind: 'tcp', port } });
}

/** Something on TCP that lives, and tells a kill switch that was turned by whoever called. */
async function listening(lives = 'ok'): Promise<number> {
  const server = createServer((request, answer) => {
    if (request.url === '/livez') answer.end(lives);
    else {
      answer
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ on: false, by: request.headers.authorization ?? 'nobody', why: '', since: '' }));
    }
  });
  await new Promise<void>((heard) => {
    server.listen(0, '127.0.0.1', heard);
  });
  onTestFinished(
    () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
      }),
  );
  return (server.address() as AddressInfo).port;
}

describe('an agent over TCP', () => {
  it('is called at the address of its configuration, with the token of the environment', async () => {
    const configuration = overTcp(await listening());
    const { fetch } = await connectionOf(configuration, '/');
    expect(await agentAnswers(fetch)).toBe(true);
    const client = agentClientOf({ fetch, token: agentToken({ configuration }, env, false) });
    expect((await client.killSwitch({}, { signal: AbortSignal.timeout(10_000) })).by).toBe('Bearer adt_of-the-test');
  });

  it('is told which trace a call is a part of, if that is one', async () => {
    const { fetch } = await connectionOf(overTcp(await listening()), '/');
    const seen: (string | null)[] = [];
    const call = async (traceparent: string): Promise<unknown> =>
      await agentClientOf({
        token: undefined,
        traceparent,
        fetch: async (request) => {
          seen.push(request.headers.get('traceparent'));
          return await fetch(request);
        },
      }).killSwitch({}, { signal: AbortSignal.timeout(10_000) });
    const good = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    for (const given of [good, '', 'x', `${good}\r\nevil: 1`]) await call(given);
    expect(seen).toEqual([good, null, null, null]);
  });

  it('is told to be none where something else answers', async () => {
    expect(await agentAnswers((await connectionOf(overTcp(await listening('<html>')), '/')).fetch)).toBe(false);
  });
});

describe('the token', () => {
  it('is not shown by the socket of a local agent, or inside of this process, and is everywhere else', () => {
    const [local, cloud, tcp] = [Configuration.parse({}), Configuration.parse({ mode: 'cloud' }), overTcp(7070)].map(
      (configuration) => ({ configuration }),
    );
    const shown = (settings: typeof local, inside: boolean): string | undefined =>
      settings === undefined ? 'no settings' : agentToken(settings, env, inside);
    expect([shown(local, false), shown(local, true), shown(tcp, true)]).toEqual([undefined, undefined, undefined]);
    const elsewhere = { configuration: Configuration.parse({ client: { address: 'https://agent.example' } }) };
    expect(shown(elsewhere, false)).toBe(env.AUTODEVOPS_TOKEN);
    expect([shown(cloud, false), shown(cloud, true), shown(tcp, false)]).toEqual([
      env.AUTODEVOPS_TOKEN,
      env.AUTODEVOPS_TOKEN,
      env.AUTODEVOPS_TOKEN,
    ]);
  });
});
