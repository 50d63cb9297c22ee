import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { SignalRequest } from '@autodevops/domain/ports/signals';
import { plainAccess } from '../kubeconfig/plain-access.ts';
import { foundServiceCarrier } from './found-service-carrier.ts';
import { knownService } from './known-services.ts';

const seen = (namespace: string, name: string, ...ports: readonly string[]) => ({
  namespace,
  name,
  ports: ports.map((called, index) => ({ name: called, port: 9090 + index })),
});

describe('the usual place of a program', () => {
  it("is by its name in a namespace of monitoring, the operator's before others", () => {
    const services = [
      seen('monitoring', 'prometheus-server', 'http'),
      seen('monitoring', 'prometheus-operated', 'web'),
      seen('monitoring', 'alertmanager-operated', 'web'),
    ];
    expect(knownService('prometheus', services)).toEqual({
      namespace: 'monitoring',
      name: 'prometheus-operated',
      port: 'web',
    });
    expect(knownService('alertmanager', services)).toEqual({
      namespace: 'monitoring',
      name: 'alertmanager-operated',
      port: 'web',
    });
    expect(knownService('loki', services)).toBeUndefined();
  });

  it('is not in a namespace of somebody who only calls a Service so', () => {
    expect(knownService('prometheus', [seen('shop', 'prometheus-operated', 'web')])).toBeUndefined();
  });

  it('has a port of its API, by its name or its number', () => {
    expect(knownService('loki', [seen('loki', 'loki', 'grpc', 'http-metrics')])?.port).toBe('http-metrics');
    expect(knownService('prometheus', [seen('monitoring', 'prometheus', '')])?.port).toBe('9090');
  });
});

const request: SignalRequest = { method: 'GET', path: '/api/v1/alerts', largest: 1_000 };
const options = () => ({ signal: AbortSignal.timeout(10_000), deadline: 5_000 });

/** An API server with these Services, which answers for the programs behind them; `paths` of what was asked of those. */
async function apiServer(
  services: () => readonly string[],
): Promise<{ readonly url: string; readonly paths: readonly string[] }> {
  const paths: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    const json = (status: number, value: unknown): void =>
      void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    if (url === '/api/v1') {
      return json(200, {
        kind: 'APIResourceList',
        groupVersion: 'v1',
        resources: [{ name: 'services', kind: 'Service', namespaced: true, verbs: ['get', 'list'] }],
      });
    }
    const namespace = /^\/api\/v1\/namespaces\/([a-z-]+)\/services(?:\?|$)/.exec(url)?.[1];
    if (namespace === 'logging') {
      return json(403, { kind: 'Status', status: 'Failure', message: 'forbidden', reason: 'Forbidden', code: 403 });
    }
    if (namespace !== undefined) {
      return json(200, {
        kind: 'ServiceList',
        apiVersion: 'v1',
        metadata: {},
        items:
          namespace === 'monitoring'
            ? services().map((called) => ({
                metadata: { name: called, namespace },
                spec: { ports: [{ name: 'web', port: 80 }] },
              }))
            : [],
      });
    }
    paths.push(url);
    const name = /services\/http:([a-z0-9-]+):/.exec(url)?.[1] ?? '';
    return services().includes(name)
      ? json(200, { status: 'success', data: {} })
      : json(404, { kind: 'Status', status: 'Failure', message: `services "${name}" not found`, code: 404 });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, paths };
}

describe('a program that is looked for', () => {
  it('is found once, and again after it has moved', async () => {
    let services = ['prometheus-k8s'];
    const { url, paths } = await apiServer(() => services);
    const carrier = foundServiceCarrier({ access: plainAccess('test', url), program: 'prometheus' });
    onTestFinished(() => carrier.close());
    await carrier.send(request, options());
    expect(carrier.address).toBe('Service monitoring/prometheus-k8s:web');
    services = ['prometheus-operated'];
    await expect(carrier.send(request, options())).rejects.toMatchObject({ code: 'signals.unreachable' });
    await carrier.send(request, options());
    expect(paths.map((path) => /http:([a-z0-9-]+):/.exec(path)?.[1])).toEqual([
      'prometheus-k8s',
      'prometheus-k8s',
      'prometheus-operated',
    ]);
  });

  it('may not be there, which is said with what to do', async () => {
    const { url } = await apiServer(() => []);
    const failure = await foundServiceCarrier({ access: plainAccess('test', url), program: 'loki' })
      .send(request, options())
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AutoDevOpsError);
    expect(failure).toMatchObject({
      code: 'signals.unreachable',
      message: "The cluster has no Service that is known as loki's.",
    });
  });

  it('cannot be looked for where the cluster is away', async () => {
    await expect(
      foundServiceCarrier({ access: plainAccess('test', 'http://127.0.0.1:1'), program: 'loki' }).send(
        request,
        options(),
      ),
    ).rejects.toMatchObject({ code: 'signals.unreachable' });
  });
});
