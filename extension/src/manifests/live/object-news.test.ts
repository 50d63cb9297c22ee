import { describe, expect, it } from 'vitest';
import type { AgentClient } from '@autodevops/agentd/client';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { steadyClock } from '../../testing/steady-clock.ts';
import { stubAgent } from '../../testing/stub-agent.ts';
import { ObjectNews } from './object-news.ts';

const signal = AbortSignal.timeout(20_000);

function newsOf(client: () => Promise<AgentClient>): {
  readonly news: ObjectNews;
  readonly heard: (readonly string[] | undefined)[];
  readonly until: (count: number) => Promise<unknown>;
} {
  const news = new ObjectNews({ client, clock: steadyClock().clock });
  const heard: (readonly string[] | undefined)[] = [];
  news.state.subscribe(({ kinds }) => void heard.push(kinds === undefined ? undefined : [...kinds]));
  return {
    news,
    heard,
    until: async (count) => await news.state.until((state): state is typeof state => heard.length >= count, signal),
  };
}

function telling(...kinds: readonly (string[] | undefined)[]): AgentClient {
  return stubAgent({
    objectNews: kinds.map((some, index) => ({
      id: String(index),
      event: { type: 'changed', ...(some === undefined ? {} : { kinds: some }) },
    })),
  }).client;
}

describe('what the agent tells of changes in the cluster', () => {
  it('is heard while somebody wants to know, by kinds, or as that it may be any', async () => {
    const { news, heard, until } = newsOf(async () => telling(['ConfigMap', 'Pod'], undefined));
    expect(heard).toEqual([]);
    news.follow();
    await until(2);
    news.stop();
    expect(heard).toEqual([['ConfigMap', 'Pod'], undefined]);
  });

  it('may be anything after the stream broke: nobody listened meanwhile', async () => {
    let asked = 0;
    const breaking = {
      objectNews: async function* () {
        yield { id: '1', event: { type: 'changed', kinds: ['Pod'] } };
        throw new AutoDevOpsError('agent.unreachable', 'It is away.', 'Wait.');
      },
    } as unknown as AgentClient;
    const { news, heard, until } = newsOf(async () => (asked++ === 0 ? breaking : telling(['Service'])));
    news.follow();
    await until(3);
    news.stop();
    expect(heard).toEqual([['Pod'], undefined, ['Service']]);
  });

  it('is of one cluster: with another one anything may be otherwise', () => {
    const { news, heard } = newsOf(async () => telling());
    news.forget();
    expect([news.followed, heard]).toEqual([false, [undefined]]);
  });
});
