import { badAnswer } from '../http/failure.ts';
import type { KubeClient } from '../http/client.ts';
import { Damaged, ListScanner } from './list-scanner.ts';
import type { ListEnvelope } from './list-scanner.ts';
import type { Turns } from './turns.ts';
import type { WatchTiming } from './watch-timing.ts';

export interface ListOrder {
  readonly client: KubeClient;
  readonly path: string;
  /** Objects in a page; 0: all in one answer. */
  readonly limit: number;
  readonly signal: AbortSignal;
  readonly timing: WatchTiming;
  readonly turns: Turns;
  readonly onItem: (raw: unknown) => void;
}

async function page(order: ListOrder, token: string): Promise<ListEnvelope> {
  const { client, path, limit, signal, timing, turns, onItem } = order;
  const parameters = new URLSearchParams({ ...(limit > 0 ? { limit: String(limit) } : {}), ...(token === '' ? {} : { continue: token }) }).toString();
  const answer = await client.open({
    path: parameters === '' ? path : `${path}?${parameters}`,
    signal,
    // A first page that is refused is asked for again by whoever orders; later ones would be lost by that.
    patience: token === '' ? 0 : 3,
    deadlines: { header: timing.header, idle: timing.idle, total: 300_000 },
  });
  const scanner = new ListScanner((text) => onItem(JSON.parse(text)));
  for await (const chunk of answer.body) {
    scanner.push(chunk);
    await turns();
  }
  return scanner.end();
}

/** Every object of a list, one by one. Returns the version to watch from. Throws `AutoDevOpsError`s. */
export async function listAll(order: ListOrder): Promise<string> {
  try {
    const first = await page(order, '');
    for (let token = first.continueToken; token !== '';) token = (await page(order, token)).continueToken;
    return first.resourceVersion;
  } catch (error) {
    if (error instanceof Damaged) throw badAnswer(order.client.access, error.message);
    if (error instanceof SyntaxError) throw badAnswer(order.client.access, 'sends JSON that is damaged');
    throw error;
  }
}
