import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { plainAccess } from '@autodevops/kube/plain-access';
import { Signals } from '../configuration/signals.ts';
import { openSignals } from './compose.ts';
import type { OpenedSignals } from './compose.ts';

interface Heard {
  readonly url: string;
  readonly path: string[];
  readonly headers: IncomingHttpHeaders[];
}

/** Answers every request with an empty list, and remembers it. */
async function listening(): Promise<Heard> {
  const heard: Heard = { url: '', path: [], headers: [] };
  const server = createServer((request, response) => {
    heard.path.push(request.url ?? '');
    heard.headers.push(request.headers);
    response.setHeader('Content-Type', 'application/json').end('[]');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  return { ...heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'autodevops-open-signals-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function opened(
  signals: object,
  choice: { readonly folder?: string; readonly server?: string } = {},
): Promise<OpenedSignals | undefined> {
  return await openSignals({
    signals: Signals.parse(signals),
    folder: choice.folder ?? '.',
    cluster: { access: plainAccess('test', choice.server ?? 'http://127.0.0.1:1') },
  });
}

const options = () => ({ signal: AbortSignal.timeout(10_000) });

describe('monitoring that a configuration names', () => {
  it('is none where nothing is named', async () => {
    expect(await opened({})).toBeUndefined();
  });

  it('is only what is named', async () => {
    const found = await opened({ prometheus: { url: 'http://127.0.0.1:1' }, withinSeconds: 0.5 });
    expect([
      found?.sources.metrics?.source,
      found?.sources.alerts,
      found?.sources.logs,
      found?.panels,
      found?.sources.within,
    ]).toEqual(['Prometheus at http://127.0.0.1:1', undefined, undefined, undefined, 500]);
  });

  it('is shown the token of a file beside the configuration, and its tenant', async () => {
    const [at, server] = [folder(), await listening()];
    writeFileSync(join(at, 'token'), 'a-token-of-monitoring\n');
    await (
      await opened({ alertmanager: { url: `${server.url}/am`, tokenFile: 'token', tenant: 'shop' } }, { folder: at })
    )?.alerts?.alerts(options());
    expect(server.path).toEqual(['/am/api/v2/alerts']);
    expect([server.headers[0]?.authorization, server.headers[0]?.['x-scope-orgid']]).toEqual([
      'Bearer a-token-of-monitoring',
      'shop',
    ]);
  });

  it('is reached through the API server where it is a Service', async () => {
    const server = await listening();
    const found = await opened(
      { alertmanager: { service: 'monitoring/alertmanager-operated:web', path: '/am' } },
      { server: server.url },
    );
    await found?.alerts?.alerts(options());
    found?.close();
    expect(server.path).toEqual([
      '/api/v1/namespaces/monitoring/services/http:alertmanager-operated:web/proxy/am/api/v2/alerts',
    ]);
  });
});
