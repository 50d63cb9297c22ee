// One Slack message of a quiet customer after the other: wanted, claimed, delivered, beside a customer who floods.
// Arguments: what (`sqlite`, `postgres`), where (a file, or the address of a server as JSON), `fill` or `measure`, how
// many. `fill` keeps so many messages: of a tenth of them one customer waits, the others are delivered.
import type { BotStore, KeptMessage, WantedMessage } from '../../../packages/domain/src/ports/bot-store.ts';
import { openPostgresBotStore } from '../../../packages/store/src/bot/postgres/postgres-bot-store.ts';
import { openSqliteBotStore } from '../../../packages/store/src/bot/sqlite/sqlite-bot-store.ts';
import { median, report } from '../measured-process.ts';

const [what = '', where = '', mode = '', count = '0'] = process.argv.slice(2);
const total = Number(count);
const store: BotStore =
  what === 'postgres'
    ? await openPostgresBotStore({ address: JSON.parse(where) as object })
    : await openSqliteBotStore({ file: where });
const now = new Date().toISOString();
const page = 500;

function message(customer: string, n: number, channels: number): WantedMessage {
  const text = 'x'.repeat(1500);
  return {
    key: `${customer}/incident/${n}/card`,
    customer,
    lane: 'incident',
    place: { app: 'A1', team: 'T1', channel: `C-${customer}-${n % channels}` },
    content: { text: `Card ${n}`, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] },
    digest: `sha256:${n}`,
  };
}

function messages(customerOf: (n: number) => string, from: number, channels: number): readonly WantedMessage[] {
  return Array.from({ length: page }, (_, n) => message(customerOf(n), from + n, channels));
}

function claim(limit: number): Promise<readonly KeptMessage[]> {
  return store.messages.claim({ holder: 'me', milliseconds: 60_000, limit, lane: 'incident', now });
}

function deliver({ key, digest, sequence }: KeptMessage): Promise<void> {
  return store.messages.delivered(key, 'me', { digest, ts: `1700000000.${sequence}` });
}

async function fill(): Promise<void> {
  const waiting = Math.floor(total / 10);
  for (let at = 0; at < total - waiting; at += page) {
    await store.messages.want(messages((n) => `old-${n % 7}`, at, page));
    await Promise.all((await claim(page)).map(deliver));
  }
  for (let at = 0; at < waiting; at += page) await store.messages.want(messages(() => 'flood', at, 20));
}

/** Claims two at a time: one of each customer, in turn. That of the flood is put back. */
async function once(n: number): Promise<void> {
  await store.messages.want([message('quiet', n, 1)]);
  const claimed = await claim(2);
  const own = claimed.find(({ customer }) => customer === 'quiet');
  if (own === undefined) throw new Error(`The message ${n} of the quiet customer was not handed out.`);
  for (const { key } of claimed) if (key !== own.key) await store.messages.defer(key, 'me', now, 'busy', false);
  await deliver(own);
}

if (mode === 'fill') await fill();
else {
  const times: number[] = [];
  const first = Date.now();
  for (let n = 0; n < total; n += 1) {
    const began = performance.now();
    await once(first + n);
    times.push(performance.now() - began);
  }
  report({ milliseconds: median(times) });
}
await store.close();
