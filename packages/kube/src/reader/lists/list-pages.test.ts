import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKubeClient } from '../../http/client.ts';
import { plainAccess } from '../../kubeconfig/plain-access.ts';
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

async function listing(
  answering: Answering,
  most = Number.POSITIVE_INFINITY,
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
    const { names, end, open } = await listing((token, response) => {
      const next = `${token}.`;
      response.write(`${head(next)}${podNamed(next)}`);
      if (token.length < 1) response.end(']}');
    }, 2);
    expect([names, end.complete]).toEqual([['.', '..'], false]);
    await expect.poll(open).toBe(0);
  });
});
