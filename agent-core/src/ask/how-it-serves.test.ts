import { describe, expect, it } from 'vitest';
import type { Series } from '@autodevops/domain/signal';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { diagnoseSnapshot } from '../jamie/diagnose.ts';
import { ask } from './ask.ts';

const now = Date.parse('2026-01-01T12:00:00Z') / 1000;
const service = (name: string, calls = '') => [
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace: 'shop', uid: name },
    spec: { replicas: 1, selector: { matchLabels: { app: name } } },
    status: { replicas: 1, readyReplicas: 1, currentReplicas: 1, updatedReplicas: 1 },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop', uid: `${name}-svc` },
    spec: { clusterIP: 'None', selector: { app: name }, ports: [{ port: 80 }] },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-0`,
      namespace: 'shop',
      uid: `${name}-pod`,
      labels: { app: name },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name, uid: name, controller: true }],
    },
    spec: {
      containers: [
        { name: 'app', image: 'app:1', env: calls === '' ? [] : [{ name: 'NEXT_URL', value: `http://${calls}:80` }] },
      ],
    },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [
        { name: 'app', ready: true, restartCount: 0, state: { running: { startedAt: '2025-12-01T00:00:00Z' } } },
      ],
    },
  },
];
const objects = [...service('checkout', 'payment'), ...service('payment'), ...service('mailer')];
const latency = (pod: string, before: number, after: number): Series => ({
  query: 'histogram_quantile(0.95, sum by (le, namespace, pod) (rate(http_request_duration_seconds_bucket[5m])))',
  labels: { namespace: 'shop', pod },
  points: Array.from({ length: 60 }, (_, i) => [now - (59 - i) * 60, i < 40 ? before : after] as const),
});
const series = [latency('checkout-0', 0.2, 1.1), latency('payment-0', 0.05, 0.95), latency('mailer-0', 0.03, 0.03)];

function answer(question: string, given: readonly Series[] = series): ReturnType<typeof ask> {
  const snapshot = new Snapshot({ ...partsFrom(objects, '2026-01-01T12:00:00Z'), series: given });
  return ask(question, { snapshot, diagnosis: diagnoseSnapshot(snapshot) });
}

describe('a question of slowness', () => {
  it.each([
    'why is checkout slow?',
    'why is the checkout so slow',
    'Why does checkout take so long?',
    'what makes checkout slow',
    'what slows down checkout?',
    'is checkout slow?',
    'why is the latency of checkout so high?',
    'how fast is checkout?',
    'what is the latency of checkout?',
  ])('%s is answered with numbers and the origin', (question) => {
    const { intent, headline, table, causes } = answer(question);
    expect(intent).toBe('how-it-serves');
    expect(headline).toMatch(
      /^StatefulSet shop\/checkout .*answers worse since 11:41 UTC: latency 200 ms → 1\.1 s\..*shop\/payment/,
    );
    expect(table?.rows.map((row) => row.join(' | '))).toContain(
      'Pod shop/payment-0 | latency | 950 ms | 50 ms until 11:41 UTC',
    );
    expect(causes.map(({ object }) => object.name)).toEqual(['payment']);
  });

  it.each([
    'is anything slow?',
    'what is slow?',
    'which service has the highest latency?',
    'why is everything so slow?',
  ])('%s lists what answers worse, the furthest first', (question) => {
    expect(answer(question).table?.rows.map(([of]) => of)).toEqual(['Pod shop/payment-0', 'Pod shop/checkout-0']);
  });

  it('says so where it answers as before', () => {
    expect(answer('why is mailer slow?').headline).toMatch(/answers as before: latency 30 ms/);
  });

  it('says where nothing is measured, and how that is changed', () => {
    expect(answer('why is checkout slow?', []).lines.join(' ')).toContain('not measured here');
    expect(answer('is anything slow?', []).lines.join(' ')).toContain('not measured here');
  });
});
