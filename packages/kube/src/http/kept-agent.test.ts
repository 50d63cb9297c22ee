import { createServer, get } from 'node:http';
import type { Agent, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Credentials } from '../kubeconfig/credentials.ts';
import { plainAccess } from '../kubeconfig/plain-access.ts';
import { createKeptAgent } from './kept-agent.ts';

const nobody: Credentials = {
  kind: 'none',
  authorization: undefined,
  certificate: undefined,
  key: undefined,
  expiresAt: undefined,
};

function answerBy(agent: Agent, url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, resolve).on('error', reject);
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of response) text += String(piece);
  return text;
}

/** A server whose answers begin at once and end when the test says so. */
async function beginning(): Promise<{ url: string; open: ServerResponse[]; connections: () => number }> {
  const open: ServerResponse[] = [];
  const server = createServer((_request, response) => {
    response.write('begun, ');
    open.push(response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  let connections = 0;
  server.on('connection', () => {
    connections++;
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, open, connections: () => connections };
}

describe('the connections of a client', () => {
  it('are kept while access and certificate stay', async () => {
    const kept = createKeptAgent();
    const access = plainAccess('a', 'http://127.0.0.1:1');
    const agent = kept.for(access, nobody);
    expect(kept.for(access, { ...nobody, authorization: 'Bearer next' })).toBe(agent);
    expect(kept.for(access, { ...nobody, certificate: 'c', key: 'k' })).not.toBe(agent);
    expect(kept.for({ ...access }, nobody)).not.toBe(agent);
    kept.close();
  });

  it('go on to the end of their answer when the credentials are renewed meanwhile, and are then not used again', async () => {
    const { url, open, connections } = await beginning();
    const kept = createKeptAgent();
    const access = plainAccess('a', url);
    const before = await answerBy(kept.for(access, nobody), url);
    const after = await answerBy(kept.for({ ...access }, nobody), url);
    const [old, young] = [before.socket, after.socket];
    for (const response of open) response.end('ended');
    expect([await textOf(before), await textOf(after)]).toEqual(['begun, ended', 'begun, ended']);
    expect(connections()).toBe(2);
    await expect.poll(() => old.destroyed).toBe(true);
    expect(young.destroyed).toBe(false);
    kept.close();
  });

  it('all end with the client, those of former credentials too', async () => {
    const { url } = await beginning();
    const kept = createKeptAgent();
    const access = plainAccess('a', url);
    const both = [await answerBy(kept.for(access, nobody), url), await answerBy(kept.for({ ...access }, nobody), url)];
    const ended = both.map((response) =>
      textOf(response).then(
        () => 'whole',
        () => 'cut',
      ),
    );
    kept.close();
    expect(await Promise.all(ended)).toEqual(['cut', 'cut']);
  });
});
