import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { KubeClient } from '../../http/client.ts';
import type { Deadlines, KubeAnswer } from '../../http/kube-request.ts';
import { badAnswer, moreThanCanBeHeld } from '../../http/failure.ts';
import { Damaged } from '../../json/damaged.ts';
import { ListScanner } from '../../json/list-scanner.ts';
import type { ListEnvelope } from '../../json/list-scanner.ts';
import type { JsonParser } from '../../json/parse-json.ts';
import { asParsedObject } from '../../json/parsed-object.ts';
import type { ParsedObject } from '../../json/parsed-object.ts';
import { TooMuchHeld } from './held-memory.ts';
import { ListTally } from './list-bounds.ts';
import type { ListBounds } from './list-bounds.ts';
import { listPath } from './list-source.ts';
import type { ListSource } from './list-source.ts';
import type { Turns } from './turns.ts';

export interface ListOrder {
  readonly client: KubeClient;
  readonly source: ListSource;
  /** Undefined: all. */
  readonly namespace: string | undefined;
  readonly signal: AbortSignal;
  readonly turns: Turns;
  /** Objects one by one. False: enough, stop. */
  readonly onItem: (parsed: ParsedObject) => boolean | void;
  readonly parser: JsonParser;
  /** In one answer, not in pages: after the pages' state ended before they did. */
  readonly whole?: boolean;
  readonly deadlines?: Partial<Deadlines>;
  /** How often the first page may wait out that the server has too much to do. */
  readonly patience?: number;
  /** Absent: the usual ones. */
  readonly bounds?: ListBounds;
}

/** Where a watch goes on from, and whether nothing was left. */
export interface ListEnd {
  readonly resourceVersion: string;
  readonly complete: boolean;
}

/** Pages are asked for in this size: one answer must not take the API server long. */
const pageBytes = 5 * 1024 * 1024;
const smallestPage = 10;
const largestPage = 500;

interface Page extends ListEnvelope {
  readonly items: number;
  readonly bytes: number;
  readonly wanted: boolean;
}

function pathOf({ source, namespace, whole }: ListOrder, limit: number, token: string): string {
  const parameters = [
    ...(whole === true ? [] : [`limit=${limit}`]),
    ...(token === '' ? [] : [`continue=${encodeURIComponent(token)}`]),
    source.parameters,
  ];
  const query = parameters.filter((one) => one !== '').join('&');
  return `${listPath(source, namespace)}${query === '' ? '' : `?${query}`}`;
}

interface PageUse {
  readonly tally: ListTally;
  /** There is a next page, and this is how it is asked for. */
  readonly onToken: (token: string) => void;
}

/** Reads one answer to its end, or until there is enough. */
async function readPage(
  { body }: KubeAnswer,
  { turns, parser, onItem }: ListOrder,
  { tally, onToken }: PageUse,
): Promise<Page> {
  let [items, bytes, wanted, told] = [0, 0, true, false];
  const stopIfPassed = (): void => {
    const passed = tally.passed();
    if (passed !== undefined) throw new Damaged(`sends a list that does not come to an end (${passed})`);
  };
  const take = (item: unknown): void => {
    items += 1;
    tally.objects += 1;
    stopIfPassed();
    wanted &&= onItem(asParsedObject(item)) !== false;
  };
  const scanner = new ListScanner(take, parser);
  for await (const chunk of body) {
    bytes += chunk.length;
    tally.bytes += chunk.length;
    stopIfPassed();
    scanner.push(chunk);
    if (!wanted) return { items, bytes, wanted, resourceVersion: '', continueToken: '' };
    const beginning = told ? undefined : scanner.beginning();
    if (beginning !== undefined) {
      told = true;
      if (beginning.continueToken !== '') onToken(beginning.continueToken);
    }
    const turn = turns();
    if (turn !== undefined) await turn;
  }
  return { ...scanner.end(), items, bytes, wanted };
}

/** How far a list was read when it failed. */
interface Progress {
  readonly contentType: string;
  readonly tally: ListTally;
}

/** What the scanner, the parser and whoever takes the objects say, as a failure of the API server. */
function failureOf(
  error: unknown,
  { client, source, namespace }: ListOrder,
  { contentType, tally }: Progress,
): unknown {
  if (error instanceof TooMuchHeld) {
    const what = `${listPath(source, namespace)} was given up at object ${tally.objects.toLocaleString('en')}`;
    return moreThanCanBeHeld(client.access, error.most, `${what}, so what is there now is not known`);
  }
  const isDamaged = error instanceof Damaged || error instanceof SyntaxError;
  if (isDamaged && /html/i.test(contentType)) {
    return badAnswer(client.access, 'answers with a web page, not as a Kubernetes API');
  }
  if (error instanceof Damaged) return badAnswer(client.access, error.message);
  return error instanceof SyntaxError ? badAnswer(client.access, 'sends JSON that is damaged') : error;
}

/** A page that was asked for. */
interface Asked {
  readonly token: string;
  readonly answer: Promise<KubeAnswer>;
}

function ask(order: ListOrder, limit: number, token: string): Asked {
  const { client, source, signal, deadlines = {}, patience = 3 } = order;
  const answer = client.open({
    path: pathOf(order, limit, token),
    accept: source.accept,
    signal,
    deadlines,
    patience: token === '' ? patience : 3,
  });
  // Whoever reads the page will hear of it.
  answer.catch(() => {});
  return { token, answer };
}

async function pageOf({ token, answer }: Asked, order: ListOrder, use: PageUse): Promise<Page> {
  const { client, source, namespace } = order;
  let contentType = '';
  try {
    const opened = await answer;
    ({ contentType } = opened);
    return await readPage(opened, order, use);
  } catch (error) {
    // What was there a moment ago is not "not served".
    if (token !== '' && error instanceof AutoDevOpsError && error.code === 'cluster.not-found') {
      throw badAnswer(client.access, `no longer knows ${listPath(source, namespace)} in the middle of its pages`);
    }
    throw failureOf(error, order, { contentType, tally: use.tally });
  }
}

/** So many objects make a page of the wanted size. */
function limitAfter({ items, bytes }: Page): number {
  return Math.min(
    largestPage,
    Math.max(smallestPage, Math.floor((pageBytes * Math.max(1, items)) / Math.max(1, bytes))),
  );
}

/** `ahead`: the order by which pages are asked for while the one before is still read. */
async function readAll(order: ListOrder, ahead: () => ListOrder): Promise<ListEnd> {
  const { client, source, namespace } = order;
  const path = listPath(source, namespace);
  const tally = new ListTally(order.bounds);
  let [resourceVersion, limit] = ['', source.firstPage];
  let asked = ask(order, limit, '');
  for (;;) {
    let next: Asked | undefined;
    // The API server puts the next page together while this one is read; how large it may be is known from the second on.
    const onToken = (token: string): void => {
      if (tally.pages > 0 && token !== asked.token) next = ask(ahead(), limit, token);
    };
    const page = await pageOf(asked, order, { tally, onToken });
    if (tally.pages === 0) ({ resourceVersion } = page);
    if (!page.wanted || page.continueToken === '') return { resourceVersion, complete: page.wanted };
    tally.pages += 1;
    const reached = tally.reached();
    if (reached !== undefined) {
      throw badAnswer(client.access, `does not come to an end with ${path} (${reached})`);
    }
    if (page.continueToken === asked.token) {
      throw badAnswer(client.access, `sends the same page of ${path} again and again`);
    }
    limit = limitAfter(page);
    asked = next?.token === page.continueToken ? next : ask(order, limit, page.continueToken);
  }
}

/**
 * Reads a list page by page and gives each object as its bytes arrive: neither a page nor its objects are ever whole in
 * memory. Throws `AutoDevOpsError`s.
 */
export async function readPages(order: ListOrder): Promise<ListEnd> {
  let ending: AbortController | undefined;
  let ordered: ListOrder | undefined;
  // Most lists are one page: none is asked for ahead.
  const ahead = (): ListOrder => {
    ending ??= new AbortController();
    return (ordered ??= { ...order, signal: AbortSignal.any([order.signal, ending.signal]) });
  };
  try {
    return await readAll(order, ahead);
  } finally {
    // A page that was asked for and is not wanted any more.
    ending?.abort();
  }
}

/**
 * As `readPages`. When the state that the pages belong to ends in the middle (410) the list begins anew, once; then
 * `onRestart` says to forget what came so far.
 */
export async function readList(order: ListOrder, onRestart: () => void): Promise<ListEnd> {
  try {
    return await readPages(order);
  } catch (error) {
    if (!(error instanceof AutoDevOpsError) || error.code !== 'cluster.expired-version') throw error;
    onRestart();
    return readPages(order);
  }
}
