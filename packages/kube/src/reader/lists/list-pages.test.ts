import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createKubeClient } from '../../http/client.ts';
import { plainAccess } from '../../kubeconfig/plain-access.ts';
import { usualBounds } from './list-bounds.ts';
import type { ListBounds } from './list-bounds.ts';
import { readPages } from './list-pages.ts';
import type { ListEnd } from './list-pages.ts';
import { sourcesOf } from './list-source.ts';
import { createSharing } from './object-reader.ts';
import { createTurns } from './turns.ts';

type Answering = (token: string, response: ServerResponse) => void;

/** The API server's way to write a page: what it says of itself first. */
function head(next: string): string {
  return `{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"7","continue":"${next}"},"items":[`;
}

function podNamed(name: string): string {
  return JSON.stringify({ metadata: { name, namespace: 'shop', uid: name } });
}

interface Listing {
  /** Enough is what has so many objects. */
  readonly most?: number;
  readonly bounds?: Partial<ListBounds>;
}

async function listing(
  answering: Answering,
  { most = Number.POSITIVE_INFINITY, bounds = {} }: Listing = {},
): Promise<{ names: string[]; end: ListEnd; open: () => number }> {
  let open = 0;
  const server = createServer((request, response) => {
    open += 1;
    response.on('close', () => {
      open -= 1;
    });
    answering(new URL(request.url ?? '/', 'http://any').searchParams.get('continue') ?? '', response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const client = createKubeClient(plainAccess('test', `http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  onTestFinished(() => {
    client.close();
    server.close();
    server.closeAllConnections();
  });
  const [source] = sourcesOf('Pod', 'v1');
  if (source === undefined) throw new Error('no source');
  const { parser, read } = createSharing().ofList('Pod', source);
  const names: string[] = [];
  const onItem = (parsed: Parameters<typeof read>[0]): boolean => {
    names.push((read(parsed) as { metadata: { name: string } }).metadata.name);
    return names.length < most;
  };
  const end = await readPages({
    client,
    source,
    namespace: undefined,
    signal: AbortSignal.timeout(20_000),
    turns: createTurns(),
    parser,
    onItem,
    bounds: { ...usualBounds, ...bounds },
  });
  return { names, end, open: () => open };
}

describe('pages', () => {
  it('are asked for while the one before is read', async () => {
    let second: ServerResponse | undefined;
    const { names, end } = await listing((token, response) => {
      if (token === '') response.end(`${head('second')}${podNamed('a')}]}`);
      else if (token === 'second') {
        second = response;
        response.write(`${head('third')}${podNamed('b')}`);
      } else {
        response.end(`${head('')}${podNamed('d')}]}`);
        // The second page ends only now.
        second?.end(`,${podNamed('c')}]}`);
      }
    });
    expect([names, end]).toEqual([['a', 'b', 'c', 'd'], { resourceVersion: '7', complete: true }]);
  });

  it('that were asked for are left when there is enough', async () => {
    const { names, end, open } = await listing(
      (token, response) => {
        const next = `${token}.`;
        response.write(`${head(next)}${podNamed(next)}`);
        if (token.length < 1) response.end(']}');
      },
      { most: 2 },
    );
    expect([names, end.complete]).toEqual([['.', '..'], false]);
    await expect.poll(open).toBe(0);
  });
});

describe('a list of a server that lies', () => {
  /** Always one more page, of two pods. */
  const oneMore: Answering = (token, response) => {
    response.end(`${head(`${token}.`)}${podNamed(`a${token}`)},${podNamed(`b${token}`)}]}`);
  };
  /** The same, of one pod that is as large as a pod can be. */
  const oneMoreLarge: Answering = (token, response) => {
    response.end(`${head(`${token}.`)}${podNamed('a'.repeat(1024 ** 2))}]}`);
  };
  /** A page that does not end while somebody reads it. */
  const endless: Answering = (_token, response) => {
    response.write(`${head('')}${podNamed('first')}`);
    const more = (): void => {
      while (!response.destroyed && response.write(`,${podNamed('one more'.repeat(500))}`));
    };
    response.on('drain', more);
    more();
  };

  it.each([
    ['objects', { objects: 5 }, oneMore, 'more than 5 objects'],
    ['pages', { pages: 4 }, oneMore, '(8 objects in 4 pages so far)'],
    ['bytes of many pages', { bytes: 3 * 1024 ** 2 }, oneMoreLarge, 'does not come to an end (more than 3 MiB)'],
    ['bytes of one page', { bytes: 3 * 1024 ** 2 }, endless, 'does not come to an end (more than 3 MiB)'],
    ['objects of one page', { objects: 300 }, endless, 'does not come to an end (more than 300 objects)'],
  ])('ends at its bound of %s, with a sentence', async (_what, bounds, answering, says) => {
    await expect(listing(answering, { bounds })).rejects.toMatchObject({
      code: 'cluster.bad-answer',
      message: expect.stringContaining(says) as string,
    });
  });

  it('ends when it has taken too long, though each page comes in time', async () => {
    let [now, pages] = [0, 0];
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    onTestFinished(() => void vi.restoreAllMocks());
    const slow: Answering = (token, response) => {
      pages += 1;
      now += 100_000;
      oneMore(token, response);
    };
    await expect(listing(slow)).rejects.toThrow(
      /does not come to an end with \/api\/v1\/pods \(\d+ objects in 900 s so far\)/,
    );
    expect(pages).toBeLessThanOrEqual(10);
  });

  it('holds no connection open once it has ended', async () => {
    let open = 0;
    const counted: Answering = (token, response) => {
      open += 1;
      response.on('close', () => {
        open -= 1;
      });
      endless(token, response);
    };
    await expect(listing(counted, { bounds: { objects: 10 } })).rejects.toThrow('more than 10 objects');
    await expect.poll(() => open).toBe(0);
  });
});
