import { describe, expect, it } from 'vitest';
import type { Finding } from '@autodevops/domain/finding';
import { refByName } from '@autodevops/domain/object-ref';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { saidByServer } from './said-by-server.ts';

function pod(name: string, ip: string, env: object[] = []): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', uid: name, labels: { app: name } },
    spec: { containers: [{ name: 'main', image: 'x:1', env }] },
    status: { phase: 'Running', podIP: ip },
  };
}

function serviceOf(app: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'queue', namespace: 'shop', uid: 's' },
    spec: { selector: { app }, ports: [{ port: 5672 }] },
  };
}

const web = refByName('Pod', 'shop', 'web');

function findingOf(code: string, complaint: string): Finding {
  const quoted = { source: 'log' as const, object: web, quote: complaint, time: '', path: 'main' };
  return { code, object: web, evidence: [quoted] } as unknown as Finding;
}

function said(
  serverLog: string,
  { code = 'pod.crash.unknown', complaint = 'connection closed', env = true, server = 'queue-0' } = {},
) {
  const told = env ? [{ name: 'QUEUE_URL', value: 'amqp://queue:5672' }] : [];
  const snapshot = new Snapshot({
    ...partsFrom([pod('web', '10.0.0.7', told), pod(server, '10.0.0.9'), serviceOf(server)], '2026-03-10T12:00:00Z'),
    logs: [{ namespace: 'shop', pod: server, container: 'main', previous: false, text: serverLog, truncated: false }],
  });
  return saidByServer(snapshot, web, [findingOf(code, complaint)]);
}

const refusal = "ERROR 10.0.0.7 refused: user 'guest' may only come from localhost";

describe('what the server of a client says', () => {
  it('is told with the pod that says it, quoted, and looked after first', () => {
    const told = said(refusal);
    expect(told?.sentence).toBe(
      " Its server, pod queue-0 behind Service shop/queue, says of it: 10.0.0.7 refused: user 'guest' may only come from localhost.",
    );
    expect(told?.evidence.map((e) => `${e.object.name}: ${e.quote}`)).toEqual([`queue-0: ${refusal}`]);
    expect(told?.steps[0]).toContain('kubectl -n shop logs queue-0 -c main');
  });

  it('is not told where it only repeats what the client was told', () => {
    expect(said('10.0.0.7 rejected', { complaint: 'error: 10.0.0.7 rejected by queue' })).toBeUndefined();
  });

  it('is not told of a program that names another reason', () => {
    expect(said(refusal, { code: 'pod.crash.file-missing' })).toBeUndefined();
  });

  it('is not looked for at Services that the program is not told of', () => {
    expect(said(refusal, { env: false })).toBeUndefined();
  });

  it('drives no terminal and holds no command where a recording calls the server what no name is', () => {
    const told = said(refusal, { server: 'queue\u001B[2J$(id)' });
    expect(told?.sentence).toContain(String.raw`pod queue\x1b[2J$(id) behind`);
    expect(told?.steps).toEqual([]);
  });

  it('masks secrets that the server logs', () => {
    const told = said('ERROR 10.0.0.7 refused: password=hunter2hunter2 is wrong');
    expect(`${told?.sentence} ${told?.evidence[0]?.quote}`).not.toContain('hunter2');
  });
});
