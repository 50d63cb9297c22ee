// work-until-killed.ts FILE: accepts events, wants two messages for each, posts and changes them, for ever, several at a
// time; says of each event what was answered for: `accepted ID`, `settled ID`, `sending ID`, `delivered ID`.
import { inbound, wanted } from '@autodevops/testkit/bot-store-conformance-samples';
import { openSqliteBotStore } from '../sqlite-bot-store.ts';

const store = await openSqliteBotStore({ file: process.argv[2] ?? '' });
const say = (what: string, id: string): void => void process.stdout.write(`${what} ${id}\n`);
const now = new Date().toISOString();

async function receive(name: string): Promise<void> {
  for (let n = 0; ; n += 1) {
    const id = `${name}-${n}`;
    await store.inbox.accept(inbound(id), { holder: name, milliseconds: 60_000 });
    say('accepted', id);
    const place = { channel: name };
    await store.messages.want(
      [
        wanted(`${id}/root`, 'root', { place }),
        wanted(`${id}/cause`, 'cause', { place: { ...place, parent: `${id}/root` } }),
      ],
      { id, holder: name },
    );
    say('settled', id);
  }
}

async function deliver(): Promise<void> {
  for (;;) {
    for (const { key, digest } of await store.messages.claim({
      holder: 'lane',
      milliseconds: 60_000,
      limit: 5,
      lane: 'incident',
      now,
    })) {
      await store.messages.sending(key, 'lane');
      say('sending', key);
      await store.messages.delivered(key, 'lane', { digest, ts: `1.${key}` });
      say('delivered', key);
    }
  }
}

await Promise.all([...['a', 'b', 'c'].map(receive), deliver()]);
