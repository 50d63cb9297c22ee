import { afterEach, describe, expect, it } from 'vitest';
import type { WantedMessage } from '@autodevops/domain/ports/bot-store';
import { startBot } from '../compose.ts';
import type { RunningBot } from '../compose.ts';
import { registryOf } from '../handling/registry.ts';
import { configurationOf, environmentOf, eventually, startBench } from '../testing/bot-on-stand-in.ts';
import type { Bench } from '../testing/bot-on-stand-in.ts';

const registry = registryOf([]);
let benches: Bench[] = [];
let others: RunningBot[] = [];

afterEach(async () => {
  for (const bot of others) await bot.stop();
  for (const bench of benches) await bench.close();
  benches = [];
  others = [];
});

async function bench(): Promise<Bench> {
  const made = await startBench({ transport: 'http', registry });
  benches.push(made);
  return made;
}

/** Another replica on the same store. */
async function another(the: Bench): Promise<void> {
  others.push(
    await startBot({
      configuration: configurationOf({ transport: 'http', registry }, the.slack, the.app),
      environment: environmentOf('http', the.slack, the.app, the.installed),
      folder: '/',
      registry,
      openedStore: the.store.again(),
      writeLog: () => {},
    }),
  );
}

function wanted({ app, team, channel }: Bench, key: string, text = key, parent?: string): WantedMessage {
  return {
    key,
    customer: 'acme',
    lane: 'incident',
    place: { app: app.id, team: team.id, channel: channel.id, ...(parent === undefined ? {} : { parent }) },
    content: { text },
    digest: text,
  };
}

const texts = ({ ann, channel }: Bench): readonly string[] => ann.sees(channel).map(({ text }) => text);
const inOrder = (count: number): readonly string[] =>
  Array.from({ length: count }, (_value, index) => `message ${index}`);

async function allSeen(the: Bench, expected: readonly string[]): Promise<void> {
  await eventually(`all of ${expected.length}`, () => expected.every((text) => texts(the).includes(text)));
  await new Promise((resolve) => {
    setTimeout(resolve, 300);
  });
  expect(texts(the).filter((text) => expected.includes(text))).toEqual(expected);
}

describe('messages', () => {
  it('that Slack took without an answer are not posted again', async () => {
    const the = await bench();
    the.slack.faults.add({ kind: 'lost-answer' }, { methods: ['chat.postMessage'], times: 2 });
    await the.store.messages.want(inOrder(3).map((text) => wanted(the, text)));
    await allSeen(the, inOrder(3));
  });

  it('of two replicas are posted once, in their order', async () => {
    const the = await bench();
    await another(the);
    await the.store.messages.want(inOrder(5).map((text) => wanted(the, text)));
    await allSeen(the, inOrder(5));
  });

  it('wait while Slack is down, and show then only how it stands', async () => {
    const the = await bench();
    const lift = the.slack.faults.add({ kind: 'down' });
    await the.store.messages.want([wanted(the, 'root', 'opened'), wanted(the, 'child', 'a finding', 'root')]);
    for (const text of ['investigating', 'mitigating', 'resolved']) {
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
      await the.store.messages.want([wanted(the, 'root', text)]);
    }
    expect(texts(the)).toEqual([]);
    lift();
    await allSeen(the, ['resolved', 'a finding']);
    expect(the.ann.sees(the.channel).find(({ text }) => text === 'a finding')?.threadTs).toBe(
      the.ann.sees(the.channel).find(({ text }) => text === 'resolved')?.ts,
    );
  });

  it('that are limited on every method arrive all the same, each once', async () => {
    const the = await bench();
    the.slack.faults.add({ kind: 'rate-limited', retryAfterSeconds: 1 }, { times: 3 });
    await the.store.messages.want(inOrder(3).map((text) => wanted(the, text)));
    await allSeen(the, inOrder(3));
  });

  it('into a thread whose parent was deleted do not appear in the channel', async () => {
    const the = await bench();
    await the.store.messages.want([wanted(the, 'root')]);
    await eventually('the root', () => texts(the).includes('root'));
    const root = the.ann.sees(the.channel).find(({ text }) => text === 'root');
    the.channel.messages.delete(root?.ts ?? '');
    await the.store.messages.want([wanted(the, 'child', 'child', 'root')]);
    await eventually('it is laid aside', async () =>
      (await the.store.messages.dead(10)).some(({ key }) => key === 'child'),
    );
    expect(texts(the)).not.toContain('child');
  });
});
