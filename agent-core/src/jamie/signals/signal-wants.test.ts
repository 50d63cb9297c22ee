import { describe, expect, it } from 'vitest';
import type { Finding } from '@autodevops/domain/finding';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { signalsWanted } from './signal-wants.ts';

const now = Date.parse('2026-01-01T12:00:00Z');
const hour = 3_600_000;
const snapshot = new Snapshot(partsFrom([], '2026-01-01T12:00:00Z'));

function found(name: string, parts: Partial<Finding> = {}): Finding {
  return {
    code: 'pod.memory.limit',
    severity: 'critical',
    confidence: 'high',
    standing: 'current',
    since: '2026-01-01T11:30:00Z',
    cause: '',
    evidence: [],
    nextSteps: [],
    avoid: [],
    changes: [],
    because: [],
    generic: false,
    facet: '',
    object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name, uid: '' },
    ...parts,
  };
}

const names = (findings: readonly Finding[]): readonly string[] =>
  signalsWanted(snapshot, findings).queries.map(({ question }) => question.name);

describe('what metrics are asked', () => {
  it('is what the findings call for, each once', () => {
    expect(names([found('web'), found('web'), found('web', { code: 'pod.memory.leak' })])).toEqual([
      'restarts',
      'memory',
    ]);
    expect(names([found('web', { code: 'pod.image.not-found' })])).toEqual([]);
  });

  it('is nothing of what has recovered', () => {
    expect(names([found('web', { standing: 'recovered' })])).toEqual([]);
  });

  it('is bounded, the gravest first', () => {
    const many = Array.from({ length: 500 }, (_, index) => found(`mild-${index}`, { severity: 'warning' }));
    const { queries } = signalsWanted(snapshot, [...many, found('grave')]);
    expect(queries).toHaveLength(24);
    expect(queries[0]?.ways[0]?.text).toContain('grave');
  });

  it('is of three hours at least, of an hour before the earliest beginning, of a day at most', () => {
    const start = (since: string): number =>
      (now - signalsWanted(snapshot, [found('web', { since })]).range.start) / hour;
    expect([
      start('2026-01-01T11:50:00Z'),
      start(''),
      start('2026-01-01T06:00:00Z'),
      start('2025-06-01T00:00:00Z'),
      start('2027-01-01T00:00:00Z'),
    ]).toEqual([3, 3, 7, 24, 3]);
  });
});

describe('what is asked whatever was found', () => {
  const pod = (name: string, namespace: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, uid: `${namespace}-${name}` },
    spec: { containers: [{ name: 'app', image: 'app:1' }] },
    status: { phase: 'Running' },
  });
  const cluster = (...pods: readonly ReturnType<typeof pod>[]): Snapshot =>
    new Snapshot(partsFrom(pods, '2026-01-01T12:00:00Z'));
  const texts = (of: Snapshot, namespaces?: readonly string[]): readonly string[] =>
    signalsWanted(of, [], namespaces).queries.flatMap(({ ways }) => ways.map(({ text }) => text));

  it('is how everything in scope answers and what runs out, in a bounded number of queries', () => {
    const asked = texts(cluster(pod('web', 'shop'), pod('db', 'data')));
    for (const metric of [
      'http_requests_total',
      'istio_request_duration_milliseconds_bucket',
      'container_cpu_usage_seconds_total',
      'container_memory_working_set_bytes',
      'node_cpu_seconds_total',
    ]) {
      expect(asked.some((text) => text.includes(metric))).toBe(true);
    }
    // Only those are sent of which one request says that there are series; few clusters have a third of them.
    expect(asked.length).toBeLessThanOrEqual(100);
    expect(asked.find((text) => text.includes('http_requests_total'))).toContain('namespace=~"data|shop"');
  });

  it('is of the namespaces that were asked about', () => {
    const asked = texts(cluster(pod('web', 'shop'), pod('db', 'data')), ['shop']);
    expect(asked.filter((text) => text.includes('namespace=~') && !text.includes('namespace=~"shop"'))).toEqual([]);
  });

  it('is of names that traces and consumers are known by, unless they are too many for an address', () => {
    expect(texts(cluster(pod('web', 'shop'))).find((text) => text.includes('kafka_consumergroup_lag'))).toContain(
      'consumergroup=~"web"',
    );
    const many = Array.from({ length: 60 }, (_, index) => pod(`${'long-name-'.repeat(5)}${index}`, 'shop'));
    expect(texts(cluster(...many)).filter((text) => text.includes('consumergroup'))).toEqual([]);
  });

  it('is of what the whole cluster stands on only where the whole cluster is asked about', () => {
    const ofDns = (asked: readonly string[]): number => asked.filter((text) => text.includes('coredns_')).length;
    expect([ofDns(texts(cluster(pod('web', 'shop')))), ofDns(texts(cluster(pod('web', 'shop')), ['shop']))]).toEqual([
      2, 0,
    ]);
  });

  it('is of nodes alone where there are too many pods, and nothing where there are none', () => {
    const many = texts(cluster(...Array.from({ length: 201 }, (_, index) => pod(`web-${index}`, 'shop'))));
    expect(many.length).toBeGreaterThan(0);
    expect(many.every((text) => text.includes('node_'))).toBe(true);
    expect(texts(cluster())).toEqual([]);
  });
});
