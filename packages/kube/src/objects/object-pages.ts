import { AutoDevOpsError } from '@autodevops/domain/errors';
import { json, list, name, object } from '@autodevops/domain/kubernetes/shape';
import type { KubeClient } from '../http/client.ts';
import { badAnswer } from '../http/failure.ts';
import { ListTally, usualBounds } from '../reader/lists/list-bounds.ts';
import type { ListBounds } from '../reader/lists/list-bounds.ts';

const page = object({ metadata: object({ continue: name }), items: list(json) });
const pageSize = '500';
/** What is read here is held whole. */
const bounds: ListBounds = { ...usualBounds, bytes: 512 * 1024 ** 2, pages: 1_000 };

type PageClient = Pick<KubeClient, 'read' | 'access'>;

interface PageOptions {
  readonly selectors: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

async function readPages(
  client: PageClient,
  path: string,
  { selectors, signal }: PageOptions,
): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  const tally = new ListTally(bounds);
  let token = '';
  for (;;) {
    const query = new URLSearchParams({ ...selectors, limit: pageSize, ...(token === '' ? {} : { continue: token }) });
    const { value, bytes } = await client.read({ path: `${path}?${query.toString()}`, signal });
    const { metadata, items: more } = page.read(value);
    items.push(...more.filter((item) => typeof item === 'object' && item !== null));
    token = metadata.continue;
    if (token === '') return items;
    tally.pages += 1;
    tally.bytes += bytes;
    tally.objects += more.length;
    const bound = tally.passed() ?? tally.reached();
    if (bound !== undefined) throw badAnswer(client.access, `sends a list that does not come to an end (${bound})`);
  }
}

/** Every object of a list, of one moment. A list whose moment is no longer held is read once more from its start. */
export async function readAllPages(
  client: PageClient,
  path: string,
  options: PageOptions,
): Promise<readonly unknown[]> {
  try {
    return await readPages(client, path, options);
  } catch (error) {
    if (!(error instanceof AutoDevOpsError) || error.code !== 'cluster.expired-version') throw error;
    return await readPages(client, path, options);
  }
}
