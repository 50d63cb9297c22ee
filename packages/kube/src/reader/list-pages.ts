import { setImmediate as breathe } from 'node:timers/promises';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { KubeClient } from '../http/client.ts';
import { badAnswer } from '../http/failure.ts';
import { listPath } from './list-source.ts';
import type { ListSource } from './list-source.ts';

export interface ListRun {
  readonly client: KubeClient;
  readonly source: ListSource;
  readonly namespace: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Projected objects, page by page, in small portions. False: enough, stop. */
  readonly onItems: (items: readonly object[]) => boolean | void;
  /** The list has to begin anew: forget what came so far. */
  readonly onRestart: () => void;
}

/** Where a watch goes on from, and how many objects were not asked for any more. */
export interface ListEnd {
  readonly resourceVersion: string;
  readonly complete: boolean;
}

/** Pages are asked for in this size: parsing one must not hold up the process for long. */
const pageBytes = 2 * 1024 * 1024;
const smallestPage = 10;
const largestPage = 500;
/** Kubernetes is made for 150,000 pods; what goes far beyond that is a server that has lost count. */
const mostObjects = 500_000;
const mostPages = 10_000;
/** No longer than this without a pause for others, in milliseconds. */
const sliceMs = 25;

interface Page {
  readonly items: readonly unknown[];
  readonly next: string;
  readonly resourceVersion: string;
}

function pageIn(value: unknown): Page | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { items, metadata } = value as { items?: unknown; metadata?: { continue?: unknown; resourceVersion?: unknown } | null };
  if (items !== null && items !== undefined && !Array.isArray(items)) return undefined;
  if (items === undefined && metadata === undefined) return undefined;
  const text = (one: unknown): string => (typeof one === 'string' ? one : '');
  return { items: (items as unknown[] | null | undefined) ?? [], next: text(metadata?.continue), resourceVersion: text(metadata?.resourceVersion) };
}

async function deliver(items: readonly unknown[], { source, onItems }: ListRun): Promise<boolean> {
  let portion: object[] = [];
  let began = performance.now();
  for (const item of items) {
    portion.push(source.read(item));
    if (portion.length % 16 !== 0 || performance.now() - began < sliceMs) continue;
    if (onItems(portion) === false) return false;
    portion = [];
    await breathe();
    began = performance.now();
  }
  return onItems(portion) !== false;
}

async function oneAttempt(run: ListRun): Promise<ListEnd> {
  const { client, source, namespace, signal } = run;
  const path = listPath(source, namespace);
  let limit = source.firstPage;
  let next = '';
  let resourceVersion = '';
  let objects = 0;
  for (let pages = 1; ; pages++) {
    const parameters = [`limit=${limit}`, ...(next === '' ? [] : [`continue=${encodeURIComponent(next)}`]), ...(source.parameters === '' ? [] : [source.parameters])];
    const answer = await client.read({ path: `${path}?${parameters.join('&')}`, accept: source.accept, signal });
    await breathe();
    const page = pageIn(answer.value);
    if (page === undefined) throw badAnswer(client.access, `sends something else than a list for ${path}`);
    resourceVersion ||= page.resourceVersion;
    const wanted = await deliver(page.items, run);
    if (page.next === '' || !wanted) return { resourceVersion, complete: page.next === '' };
    objects += page.items.length;
    if (pages >= mostPages || objects >= mostObjects) throw badAnswer(client.access, `does not come to an end with ${path} (${objects.toLocaleString('en')} objects so far)`);
    if (page.next === next) throw badAnswer(client.access, `sends the same page of ${path} again and again`);
    next = page.next;
    const each = answer.bytes / Math.max(1, page.items.length);
    limit = Math.min(largestPage, Math.max(smallestPage, Math.floor(pageBytes / Math.max(1, each))));
  }
}

/**
 * Reads a whole list in pages, projecting each as it arrives and dropping what came. When the state that the pages
 * belong to ends in the middle (410), the list begins anew, once. Throws `AutoDevOpsError`s.
 */
export async function readList(run: ListRun): Promise<ListEnd> {
  try {
    return await oneAttempt(run);
  } catch (error) {
    if (!(error instanceof AutoDevOpsError) || error.code !== 'cluster.expired-version') throw error;
    run.onRestart();
    return oneAttempt(run);
  }
}
