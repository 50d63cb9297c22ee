import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { classOf } from '../reading/measures/metric-class.ts';
import { catalogue } from '../analyzers/catalogue.ts';
import { metricQuestions, questionsFor } from './metric-questions.ts';
import { queriesFor } from './metric-queries.ts';

const codes = [...catalogue.keys()];
const noon = '2026-01-01T12:00:00Z';
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-1', namespace: 'shop', uid: 'u' },
  spec: {
    nodeName: 'worker',
    containers: [{ name: 'app', image: 'app:1' }],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-1' } }],
  },
};
const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'worker', uid: 'n' },
  status: { addresses: [{ type: 'InternalIP', address: '10.0.0.7' }] },
};
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'we.b', namespace: 'shop', uid: 'd' },
  spec: { selector: { matchLabels: {} }, template: { spec: { containers: [] } } },
};
const snapshot = new Snapshot(partsFrom([pod, node, deployment], noon));
const object = (kind: string, namespace: string, name: string) => ({
  apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
  kind,
  namespace,
  name,
  uid: '',
});
const texts = (code: string, of: ReturnType<typeof object>): readonly string[] =>
  queriesFor(snapshot, code, of).flatMap(({ ways }) => ways.map(({ text }) => text));

describe('questions of metrics', () => {
  it('are asked of causes that there are', () => {
    const named = metricQuestions.flatMap((question) => question.codes);
    expect(
      named.filter((code) => !codes.some((known) => (code.endsWith('.') ? known.startsWith(code) : known === code))),
    ).toEqual([]);
  });

  it('have each a name and at least one cause and one way of their own', () => {
    expect(new Set(metricQuestions.map(({ name }) => name)).size).toBe(metricQuestions.length);
    expect(metricQuestions.filter((question) => question.codes.length === 0 || question.choices.length === 0)).toEqual(
      [],
    );
    expect(
      metricQuestions.filter(
        ({ name }) => !codes.some((code) => questionsFor(code).some((question) => question.name === name)),
      ),
    ).toEqual([]);
  });

  it('stand on the metric that is looked for first', () => {
    const wrong = metricQuestions.flatMap(({ name, choices }) =>
      choices
        .filter(
          ({ metric, query }) =>
            !query('a="b"').replaceAll('(used|capacity)', 'used').replaceAll('(avail|size)', 'avail').includes(metric),
        )
        .map(() => name),
    );
    expect(wrong).toEqual([]);
  });

  it('are read by the rules as what they ask for', () => {
    const asked = (name: string): readonly string[] => [
      ...new Set(
        metricQuestions
          .find((question) => question.name === name)
          ?.choices.map(({ query }) => classOf({ query: query('a="b"'), labels: {}, points: [] })),
      ),
    ];
    const read = (...names: readonly string[]): readonly string[] => [...new Set(names.flatMap(asked))];
    expect(read('errors', 'errors-of-calls', 'errors-at-the-door', 'errors-in-traces', 'dns-failures')).toEqual([
      'errors',
    ]);
    expect(read('latency', 'mean-latency', 'latency-in-traces', 'dns-latency', 'event-loop')).toEqual(['latency']);
    expect(read('requests', 'requests-in-traces')).toEqual(['requests']);
    expect(read('node-packet-loss', 'node-damaged-packets', 'node-retransmissions')).toEqual(['packet-loss']);
    expect(read('node-disk-wait', 'node-disk-busy')).toEqual(['disk-busy']);
    expect(read('waiting-for-connections', 'waiting-for-threads', 'consumer-lag')).toEqual(['saturation']);
    expect(read('threads', 'open-files')).toEqual(['connections']);
    expect(
      [
        asked('cpu'),
        asked('node-cpu'),
        asked('memory'),
        asked('node-memory'),
        asked('throttling'),
        asked('garbage-collection'),
        asked('node-contention'),
      ].flat(),
    ).toEqual(['cpu', 'cpu', 'memory', 'memory', 'throttling', 'collection', 'contention']);
  });

  it('fit into an address, with as long a pattern of names as there may be', () => {
    const longest = metricQuestions.flatMap(({ choices }) =>
      choices.map(({ query }) => query(`namespace=~"${'x'.repeat(800)}"`).length),
    );
    expect(Math.max(...longest)).toBeLessThan(6_000);
  });
});

describe('the queries of a cause', () => {
  it('name the pods of a workload, those that are gone too, and no others', () => {
    const [restarts] = texts('pod.memory.limit', object('Deployment', 'shop', 'we.b'));
    const pattern = /pod=~"(?<pattern>.*)"/.exec(restarts ?? '')?.groups?.['pattern']?.replaceAll('\\\\', '\\') ?? '';
    const names = [
      'we.b-6d4cf56db6-x2x9z',
      'we.b-7-abcde',
      'web-6d4cf56db6-x2x9z',
      'we.b-admin-6d4cf56db6-x2x9z',
      'we.b',
    ];
    expect(names.filter((name) => new RegExp(`^(?:${pattern})$`).test(name))).toEqual([
      'we.b-6d4cf56db6-x2x9z',
      'we.b-7-abcde',
    ]);
    expect(restarts).toContain('namespace="shop"');
  });

  it('name a pod that nothing owns by its name, its claims and its node', () => {
    expect(texts('pod.crash.disk-full', object('Pod', 'shop', 'web-1')).join('\n')).toContain(
      'persistentvolumeclaim=~"data-1"',
    );
    expect(texts('pod.memory.node-exhausted', object('Pod', 'shop', 'web-1')).join('\n')).toContain(
      'instance=~"\\\\[?worker\\\\]?(:[0-9]+)?|\\\\[?10\\\\.0\\\\.0\\\\.7\\\\]?(:[0-9]+)?"',
    );
  });

  it('are none where nothing is named, or nothing is to be asked', () => {
    expect(texts('pod.crash.unknown', object('Node', '', 'worker'))).toEqual([]);
    expect(texts('pod.image.not-found', object('Pod', 'shop', 'web-1'))).toEqual([]);
  });

  it('keep within their quotation marks what names hold', () => {
    const [first] = texts('pod.crash.unknown', object('Pod', 'shop"} or up{a="', 'web-1'));
    expect(first).toContain('namespace="shop\\"} or up{a=\\""');
  });
});
