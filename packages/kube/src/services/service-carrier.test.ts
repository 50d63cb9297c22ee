import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { SignalRequest } from '@autodevops/domain/ports/signals';
import { answering } from '../testing/answering-server.ts';
import { serviceCarrier } from './service-carrier.ts';

const service = { namespace: 'monitoring', name: 'prometheus', port: '9090' };
const request: SignalRequest = {
  method: 'GET',
  path: '/api/v1/query',
  query: [['query', 'up{a="b&c"}']],
  largest: 1_000,
};
const options = () => ({ signal: AbortSignal.timeout(10_000), deadline: 5_000 });
const status = (code: number, message: string): string =>
  JSON.stringify({ kind: 'Status', status: 'Failure', message, code });

async function outcome(script: Parameters<typeof answering>[0], asked = request): Promise<string> {
  const { access } = await answering(script);
  const carrier = await serviceCarrier({ access, service });
  try {
    const { status: code, body } = await carrier.send(asked, options());
    return `${code} ${new TextDecoder().decode(body)}`;
  } catch (error) {
    return error instanceof AutoDevOpsError ? `${error.code}: ${error.message}` : String(error);
  } finally {
    carrier.close();
  }
}

describe('a Service behind the API server', () => {
  it('is asked by the proxy of its port, with the query as it is', async () => {
    const { access, requests } = await answering([{ status: 200, body: '{}' }]);
    const carrier = await serviceCarrier({ access, service: { ...service, scheme: 'https' }, prefix: '/prom/' });
    await carrier.send(request, options());
    carrier.close();
    expect(requests[0]?.path).toBe(
      '/api/v1/namespaces/monitoring/services/https:prometheus:9090/proxy/prom/api/v1/query?query=up%7Ba%3D%22b%26c%22%7D',
    );
    expect(carrier.address).toBe('Service monitoring/prometheus:9090');
  });

  it('may refuse by itself, which is an answer', async () => {
    expect(await outcome([{ status: 400, body: '{"status":"error","error":"parse error"}' }])).toBe(
      '400 {"status":"error","error":"parse error"}',
    );
  });

  it('is out of reach where the API server says so, in its words', async () => {
    expect(await outcome([{ status: 403, body: status(403, 'services "prometheus" is forbidden') }])).toContain(
      'signals.unauthorized: The API server does not let you reach Service monitoring/prometheus:9090: services "prometheus" is forbidden',
    );
    expect(await outcome([{ status: 404, body: status(404, 'services "prometheus" not found') }])).toContain(
      'signals.unreachable: The cluster has no Service',
    );
    expect(
      await outcome([{ status: 503, body: status(503, 'no endpoints available for service "http:prometheus:9090"') }]),
    ).toContain('signals.unreachable: Nobody answers behind');
  });

  it('is not listened to for longer than was said', async () => {
    expect(await outcome([{ status: 200, body: 'x'.repeat(5_000) }])).toContain('signals.too-large');
  });

  it('is named as Kubernetes names things', async () => {
    const { access } = await answering();
    for (const wrong of ['../secrets', 'a/b', 'A', '']) {
      await expect(serviceCarrier({ access, service: { ...service, name: wrong } })).rejects.toMatchObject({
        code: 'config.invalid',
      });
    }
  });
});
