import { describe, expect, it } from 'vitest';
import type { Change } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { Handlers } from '../contract/handlers.ts';
import { appOf } from '../testing/agent-app.ts';
import { agentClient } from './agent-client.ts';
import type { AgentClient } from './agent-client.ts';

const options = { signal: AbortSignal.timeout(20_000) };

type Fetch = (request: Request) => Promise<Response>;

function clientOf(handlers: Partial<Handlers>, between: (fetch: Fetch) => Fetch = (fetch) => fetch): AgentClient {
  const { app } = appOf(handlers);
  let keys = 0;
  return agentClient({
    address: 'http://localhost',
    fetch: between(async (request) => {
      request.headers.set('host', 'localhost');
      return await app.fetch(request);
    }),
    token: async () => undefined,
    newKey: () => `key-${++keys}00000`,
    wait: async () => {},
  });
}

async function* numbers(
  from: number,
  to: number,
): AsyncGenerator<{
  id: string;
  event: { cursor: number; time: string; topic: string; subject: string; data: Record<string, never> };
}> {
  for (let cursor = from; cursor <= to; cursor++) {
    yield { id: String(cursor), event: { cursor, time: '', topic: 't', subject: '', data: {} } };
  }
}

describe('a call', () => {
  it('comes back as the error that the agent told', async () => {
    const client = clientOf({
      change: async () => {
        throw new AutoDevOpsError('change.not-found', 'There is no change chg-abcdef.', 'See the list.');
      },
    });
    await expect(client.change({ params: { id: 'chg-abcdef' } }, options)).rejects.toMatchObject({
      code: 'change.not-found',
      message: 'There is no change chg-abcdef.',
      remedy: 'See the list.',
    });
  });

  it('comes back with what a person can do next, as data', async () => {
    const parts = remedy`List them with ${{ do: 'list-changes' }}.`;
    const client = clientOf({
      change: async () => {
        throw new AutoDevOpsError('change.not-found', 'There is no change chg-abcdef.', parts);
      },
    });
    await expect(client.change({ params: { id: 'chg-abcdef' } }, options)).rejects.toMatchObject({
      remedy: 'List them with `autodevops change list`.',
      remedyParts: parts,
    });
  });

  it('of a newer agent, who tells of an error what is not known yet, fails with its sentences', async () => {
    const newer = {
      code: 'usage',
      what: 'It is off.',
      remedy: 'Dance.',
      remedyParts: [{ do: 'dance' }],
      reference: '',
    };
    const client = clientOf({}, () => async () => Response.json({ error: { ...newer, tempo: 3 } }, { status: 400 }));
    await expect(client.change({ params: { id: 'chg-abcdef' } }, options)).rejects.toMatchObject({
      code: 'usage',
      message: 'It is off.',
      remedy: 'Dance.',
      remedyParts: undefined,
    });
  });

  it('that writes keeps its key over its attempts', async () => {
    const keys: string[] = [];
    let broken = 2;
    const client = clientOf(
      {
        reject: async (_input, call) => {
          keys.push(call.idempotencyKey);
          throw new AutoDevOpsError('change.wrong-state', 'It was rejected before.', '');
        },
      },
      (fetch) => async (request) => {
        if (broken-- > 0) throw new TypeError('fetch failed');
        return await fetch(request);
      },
    );
    await expect(client.reject({ params: { id: 'chg-abcdef' }, body: { why: 'no' } }, options)).rejects.toThrow(
      'It was rejected before.',
    );
    expect(keys).toEqual(['key-100000']);
  });

  it('that was one too many at once is made again', async () => {
    let refusals = 2;
    const client = clientOf({
      health: async () => {
        if (refusals-- > 0) throw new AutoDevOpsError('agent.busy', 'Too many requests at once.', 'Try again.');
        return { version: '1', ready: true, parts: [] };
      },
    });
    expect(await client.health({}, options)).toMatchObject({ version: '1' });
  });

  it('to nobody says so, after some attempts', async () => {
    let attempts = 0;
    const client = clientOf({}, () => async () => {
      attempts += 1;
      throw new TypeError('fetch failed');
    });
    await expect(client.health({}, options)).rejects.toMatchObject({ code: 'agent.unreachable' });
    expect(attempts).toBe(5);
  });

  it('to one that wants a certificate says so, and how it is shown', async () => {
    const client = clientOf({}, () => async () => {
      throw Object.assign(new Error('alert'), { code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' });
    });
    await expect(client.health({}, options)).rejects.toMatchObject({
      code: 'agent.unreachable',
      message: 'The agent wants a certificate of its callers (ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED).',
      remedy: expect.stringContaining('--client-cert') as unknown,
    });
  });

  it('to something else says that it is no agent', async () => {
    const client = clientOf({}, () => async () => new Response('<html>', { status: 502 }));
    await expect(client.health({}, options)).rejects.toThrow(
      'What answers there is no agent of Auto-DevOps (status 502).',
    );
  });
});

describe('a stream', () => {
  it('that breaks off is resumed after the last event, and nothing is lost or told twice', async () => {
    let connections = 0;
    const client = clientOf(
      {
        events: ((_input: unknown, _call: unknown, lastId: string | undefined) =>
          numbers(Number(lastId ?? '0') + 1, 9)) as unknown as Handlers['events'],
      },
      (fetch) => async (request) => {
        const response = await fetch(request);
        connections += 1;
        if (connections > 3) return response;
        // Two and a half events, then the line is cut.
        let left = 2;
        const cut = response.body?.pipeThrough(
          new TransformStream<Uint8Array, Uint8Array>({
            transform: (piece, controller) => {
              const text = new TextDecoder().decode(piece);
              if (text.startsWith('id:') && left-- === 0) {
                controller.enqueue(piece.subarray(0, 10));
                controller.error(new TypeError('terminated'));
              } else controller.enqueue(piece);
            },
          }),
        );
        return new Response(cut ?? null, response);
      },
    );
    const seen: number[] = [];
    for await (const { event } of client.events({}, options)) seen.push(event.cursor);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(connections).toBe(4);
  });

  it('that ends badly throws what the agent told', async () => {
    const gone = {
      next: async () => {
        throw new AutoDevOpsError('change.not-found', 'There is no change chg-abcdef.', '');
      },
    };
    const client = clientOf({
      watchChange: (() => ({ [Symbol.asyncIterator]: () => gone })) as unknown as Handlers['watchChange'],
    });
    const all = async (): Promise<Change[]> => {
      const changes: Change[] = [];
      for await (const { event } of client.watchChange({ params: { id: 'chg-abcdef' } }, options)) changes.push(event);
      return changes;
    };
    await expect(all()).rejects.toMatchObject({ code: 'change.not-found' });
  });
});
