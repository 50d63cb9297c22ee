import type { KubeClient } from '../http/client.ts';
import { badAnswer } from '../http/failure.ts';
import { listPath } from '../reader/list-source.ts';
import type { ListSource } from '../reader/list-source.ts';
import { Damaged } from './damaged.ts';
import { asRawObject } from './follow.ts';
import type { RawObject } from './follow.ts';
import { ListScanner } from './list-scanner.ts';
import type { ListEnvelope } from './list-scanner.ts';
import type { Turns } from './turns.ts';
import type { WatchTiming } from './watch-timing.ts';

export interface ListOrder {
  readonly client: KubeClient;
  readonly source: ListSource;
  readonly namespace: string | undefined;
  /** In one answer, not in pages: after the pages' state ended before they did. */
  readonly whole: boolean;
  readonly signal: AbortSignal;
  readonly timing: WatchTiming;
  readonly turns: Turns;
  readonly onItem: (raw: RawObject) => void;
}

const pageSize = 500;

function pathOf({ source, namespace, whole }: ListOrder, token: string): string {
  const parameters = [...(whole ? [] : [`limit=${pageSize}`]), ...(token === '' ? [] : [`continue=${encodeURIComponent(token)}`]), source.parameters];
  const query = parameters.filter((one) => one !== '').join('&');
  return `${listPath(source, namespace)}${query === '' ? '' : `?${query}`}`;
}

async function page(order: ListOrder, token: string): Promise<ListEnvelope> {
  const { client, source, signal, timing, turns, onItem } = order;
  const answer = await client.open({
    path: pathOf(order, token),
    accept: source.accept,
    signal,
    // A first page that is refused is asked for again by whoever orders; later ones would be lost by that.
    patience: token === '' ? 0 : 3,
    deadlines: { header: timing.header, idle: timing.idle, total: 300_000 },
  });
  const scanner = new ListScanner((item) => onItem(asRawObject(item)));
  for await (const chunk of answer.body) {
    scanner.push(chunk);
    await turns();
  }
  return scanner.end();
}

/** Every object of a list, one by one. Returns the version to watch from. Throws `AutoDevOpsError`s. */
export async function listAll(order: ListOrder): Promise<string> {
  const { client, source } = order;
  try {
    const first = await page(order, '');
    for (let token = first.continueToken; token !== '';) {
      const next = (await page(order, token)).continueToken;
      if (next === token) throw new Damaged(`sends the same page of ${source.plural} again and again`);
      token = next;
    }
    return first.resourceVersion;
  } catch (error) {
    if (error instanceof Damaged) throw badAnswer(client.access, error.message);
    if (error instanceof SyntaxError) throw badAnswer(client.access, 'sends JSON that is damaged');
    throw error;
  }
}
