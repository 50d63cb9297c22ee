import { AutoDevOpsError } from '@autodevops/domain/errors';
import { json, list, name, object } from '@autodevops/domain/kubernetes/shape';
import type { KubeClient } from '../http/client.ts';
import { badAnswer } from '../http/failure.ts';

const page = object({ metadata: object({ continue: name }), items: list(json) });
const pageSize = '500';
/** A server that never ends is not followed for ever. */
const mostPages = 1_000;

interface PageOptions {
  readonly selectors: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

async function readPages(
  client: KubeClient,
  path: string,
  { selectors, signal }: PageOptions,
): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  let token = '';
  for (let count = 0; count < mostPages; count++) {
    const query = new URLSearchParams({ ...selectors, limit: pageSize, ...(token === '' ? {} : { continue: token }) });
    const { metadata, items: more } = page.read(await client.json({ path: `${path}?${query.toString()}`, signal }));
    items.push(...more.filter((item) => typeof item === 'object' && item !== null));
    token = metadata.continue;
    if (token === '') return items;
  }
  throw badAnswer(client.access, 'sends a list that does not end');
}

/** Every object of a list, of one moment. A list whose moment is no longer held is read once more from its start. */
export async function readAllPages(
  client: KubeClient,
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
