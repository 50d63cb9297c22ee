import { describe, expect, it } from 'vitest';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import type { WantedMessage } from '@autodevops/domain/ports/bot-store';
import { Bell } from '../waiting/bell.ts';
import { machineClock } from '../waiting/clock.ts';
import { startLane } from './lane-worker.ts';
import { ringing } from './ringing-store.ts';

const wanted = (key: string, text: string, channel = 'C1'): WantedMessage => ({
  key,
  customer: 'acme',
  lane: 'incident',
  place: { app: 'A1', team: 'T1', channel },
  content: { text },
  digest: text,
});

async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
  throw new Error('it never came');
}

describe('a lane', () => {
  it('delivers at once what this process wants, each channel in order, and only the newest of a message', async () => {
    const rung = new Bell();
    const store = ringing(createMemoryBotStore(), () => rung.ring());
    const sent: string[] = [];
    const lane = startLane({
      lane: 'incident',
      messages: store.messages,
      holder: 'h',
      bell: rung,
      clock: machineClock,
      observe: () => {},
      log: () => {},
      deliver: async (message) => {
        const ts = message.ts === '' ? String(sent.length + 1) : message.ts;
        sent.push(String(message.content['text']));
        await store.messages.delivered(message.key, 'h', { digest: message.digest, ts });
        return message.ts === '' ? 'posted' : 'changed';
      },
    });
    await store.messages.want([wanted('a', 'a1'), wanted('b', 'b1'), wanted('c', 'c1', 'C2')]);
    await eventually(async () => sent.length === 3);
    expect(sent.indexOf('a1')).toBeLessThan(sent.indexOf('b1'));
    await store.messages.want([wanted('a', 'a2')]);
    await eventually(async () => sent.includes('a2'));
    await lane.stop(1000);
    expect(sent).toHaveLength(4);
  });

  it('goes on with other customers while the calls of one are slow', async () => {
    const rung = new Bell();
    const store = ringing(createMemoryBotStore(), () => rung.ring());
    const going: (() => void)[] = [];
    const delivered: string[] = [];
    const lane = startLane({
      lane: 'incident',
      messages: store.messages,
      holder: 'h',
      bell: rung,
      clock: machineClock,
      observe: () => {},
      log: () => {},
      deliver: async ({ key, customer, digest }) => {
        if (customer === 'slow') {
          await new Promise<void>((resolve) => {
            going.push(resolve);
          });
        }
        await store.messages.delivered(key, 'h', { digest, ts: `1.${key}` });
        delivered.push(key);
        return 'posted';
      },
    });
    await store.messages.want(
      Array.from({ length: 30 }, (_, nth) => ({ ...wanted(`slow-${nth}`, 'x', `C${nth}`), customer: 'slow' })),
    );
    await eventually(async () => going.length === 30);
    await store.messages.want([{ ...wanted('calm', 'x'), customer: 'calm' }]);
    await eventually(async () => delivered.includes('calm'));
    expect(delivered).toEqual(['calm']);
    for (const go of going) go();
    await lane.stop(1000);
    expect(delivered).toHaveLength(31);
  });

  it('that is stopped ends what is on its way', async () => {
    const rung = new Bell();
    const store = createMemoryBotStore();
    let aborted = false;
    const lane = startLane({
      lane: 'incident',
      messages: store.messages,
      holder: 'h',
      bell: rung,
      clock: machineClock,
      observe: () => {},
      log: () => {},
      deliver: async (_message, signal) =>
        await new Promise((resolve) => {
          signal.addEventListener(
            'abort',
            () => {
              aborted = true;
              resolve('later');
            },
            { once: true },
          );
        }),
    });
    await store.messages.want([wanted('a', 'a1')]);
    rung.ring();
    await eventually(async () => (await store.messages.byKey('a'))?.attempts === 1);
    await lane.stop(10);
    expect(aborted).toBe(true);
  });
});
