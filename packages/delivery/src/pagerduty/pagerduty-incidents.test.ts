import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Paging } from '@autodevops/domain/ports/paging';
import { pagerDutyIncidents } from './pagerduty-incidents.ts';

const token = 'y_NbAkKc66ryYTWUXYEu';
const options = {
  get signal() {
    return AbortSignal.timeout(10_000);
  },
};

interface Service {
  readonly paging: Paging;
  /** Its incidents, by id, and how each stands. */
  readonly incidents: Map<string, string>;
  /** What it answers instead. */
  fault: number | undefined;
}

/** As strict as the service: its own scheme of tokens, its version by a header, a user in whose name it is done. */
function refusalOf(
  path: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string,
  incidents: Service['incidents'],
): number | undefined {
  if (headers['authorization'] !== `Token token=${token}`) return 401;
  if (headers['accept'] !== 'application/vnd.pagerduty+json;version=2') return 406;
  if (headers['content-type'] !== 'application/json' || headers['from'] !== 'bot@example.com') return 400;
  if (!incidents.has(path.replace('/incidents/', ''))) return 404;
  const { incident } = JSON.parse(body) as { incident?: { type?: string; status?: string } };
  return incident?.type === 'incident_reference' && ['acknowledged', 'resolved'].includes(incident.status ?? '')
    ? undefined
    : 400;
}

async function service(secret = token): Promise<Service> {
  const incidents = new Map([['PGR0VU2', 'triggered']]);
  const state: { fault: number | undefined } = { fault: undefined };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => {
      body += piece.toString('utf8');
    });
    request.on('end', () => {
      const status =
        state.fault ??
        (request.method === 'PUT' ? refusalOf(request.url ?? '', request.headers, body, incidents) : 405);
      if (status === undefined) {
        incidents.set(
          (request.url ?? '').replace('/incidents/', ''),
          (JSON.parse(body) as { incident: { status: string } }).incident.status,
        );
      }
      response.writeHead(status ?? 200, { 'content-type': 'application/json' }).end('{"incident":{}}');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const paging = pagerDutyIncidents({
    api: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    from: 'bot@example.com',
    token: async () => await Promise.resolve(secret),
  });
  return {
    paging,
    incidents,
    get fault() {
      return state.fault;
    },
    set fault(status) {
      state.fault = status;
    },
  };
}

describe('an incident of PagerDuty', () => {
  it('is told that somebody took it up and that it is over, as often as it is said', async () => {
    const { paging, incidents } = await service();
    await paging.tell('PGR0VU2', 'acknowledged', options);
    await paging.tell('PGR0VU2', 'acknowledged', options);
    expect(incidents.get('PGR0VU2')).toBe('acknowledged');
    await paging.tell('PGR0VU2', 'resolved', options);
    expect(incidents.get('PGR0VU2')).toBe('resolved');
  });

  it.each([
    [429, 'signals.busy', 'retry'],
    [503, 'signals.bad-answer', 'retry'],
    [403, 'signals.unauthorized', 'fix'],
    [400, 'signals.refused', 'fix'],
  ])('that answers %i is worth another try, or is not', async (status, code, reaction) => {
    const at = await service();
    at.fault = status;
    await expect(at.paging.tell('PGR0VU2', 'acknowledged', options)).rejects.toMatchObject({ code, reaction });
  });

  it('that is not there, or by a wrong token, is refused, and no token is told', async () => {
    await expect((await service()).paging.tell('PNONE', 'resolved', options)).rejects.toMatchObject({
      code: 'signals.refused',
    });
    const failure = await (
      await service('wrong-secret-token')
    ).paging
      .tell('PGR0VU2', 'resolved', options)
      .catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ code: 'signals.unauthorized' });
    expect(`${String(failure)} ${String((failure as Error).cause)}`).not.toContain('wrong-secret');
  });

  it('cannot be had where nobody answers', async () => {
    const paging = pagerDutyIncidents({
      api: 'http://127.0.0.1:1',
      from: 'bot@example.com',
      token: async () => await Promise.resolve(token),
    });
    await expect(paging.tell('PGR0VU2', 'resolved', options)).rejects.toMatchObject({
      code: 'signals.no-answer',
      reaction: 'retry',
    });
  });
});
