import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { analyzers } from './registry.ts';

const now = '2026-01-01T12:00:00Z';

/** Words that steer the rules, so that odd objects reach deep into them. */
const word = fc.constantFrom(
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'CreateContainerConfigError',
  'RunContainerError',
  'ContainerCreating',
  'OOMKilled',
  'StartError',
  'Running',
  'Pending',
  'Failed',
  'app',
  '',
  '\u001B[31m"',
  'Killing',
  'Unhealthy',
  'FailedMount',
  'Failed',
  'Always',
  'Container app failed liveness probe, will be restarted',
  'Readiness probe failed: Get "http://x:99999/": dial tcp: connect: connection refused',
  'configmap "x" not found',
  'MountVolume.SetUp failed for volume "v" : hostPath type check failed',
  'container has runAsNonRoot',
  'exec: "',
  'a:b:c@d',
  '2026-01-01T11:59:00Z',
  'not a time',
  '2025-01-01T00:00:00Z',
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  word,
  fc.integer(),
  fc.constant(null),
  fc.boolean(),
  fc.constant([]),
  fc.constant({}),
);
const state = fc.record(
  {
    waiting: fc.oneof(value, fc.record({ reason: word, message: word })),
    running: fc.oneof(value, fc.record({ startedAt: word })),
    terminated: fc.oneof(
      value,
      fc.record({ reason: word, exitCode: value, startedAt: word, finishedAt: word, message: word }),
    ),
  },
  { requiredKeys: [] },
);
const status = fc.record(
  {
    name: fc.constant('app'),
    ready: value,
    restartCount: value,
    started: value,
    state: fc.oneof(value, state),
    lastState: fc.oneof(value, state),
  },
  { requiredKeys: ['name'] },
);
const container = fc.record(
  {
    name: fc.constant('app'),
    image: value,
    env: fc.oneof(value, fc.array(fc.record({ name: word, value, valueFrom: value }))),
    ports: fc.oneof(value, fc.array(value)),
    readinessProbe: fc.oneof(value, fc.record({ httpGet: value, exec: value, periodSeconds: value })),
    volumeMounts: fc.oneof(value, fc.array(fc.record({ name: word, mountPath: value, subPath: value }))),
  },
  { requiredKeys: ['name'] },
);
const pod = fc.record({
  apiVersion: fc.constant('v1'),
  kind: fc.constant('Pod'),
  metadata: fc.record({
    name: fc.constant('p'),
    namespace: fc.constant('n'),
    uid: fc.constant('u'),
    ownerReferences: value,
    creationTimestamp: word,
  }),
  spec: fc.oneof(
    value,
    fc.record({
      nodeName: word,
      containers: fc.oneof(value, fc.array(container, { maxLength: 2 })),
      initContainers: fc.oneof(value, fc.array(container, { maxLength: 1 })),
      volumes: fc.oneof(value, fc.array(fc.record({ name: word, configMap: value, secret: value }))),
      imagePullSecrets: value,
      restartPolicy: value,
    }),
  ),
  status: fc.oneof(
    value,
    fc.record(
      {
        phase: word,
        conditions: fc.oneof(
          value,
          fc.array(
            fc.record({
              type: fc.constantFrom('Ready', 'PodScheduled'),
              status: word,
              reason: word,
              lastTransitionTime: word,
            }),
          ),
        ),
        containerStatuses: fc.oneof(value, fc.array(status, { maxLength: 2 })),
        initContainerStatuses: fc.oneof(value, fc.array(status, { maxLength: 1 })),
      },
      { requiredKeys: ['phase'] },
    ),
  ),
});
const event = fc.record({
  apiVersion: fc.constant('v1'),
  kind: fc.constant('Event'),
  metadata: value,
  involvedObject: fc.record({
    kind: fc.constant('Pod'),
    namespace: fc.constant('n'),
    name: fc.constant('p'),
    fieldPath: fc.constantFrom('spec.containers{app}', 'spec.containers{', '{}'),
  }),
  reason: word,
  message: word,
  lastTimestamp: word,
});
const text = fc
  .array(
    fc.oneof(
      word,
      fc.string(),
      fc.constant('panic: '),
      fc.constant('{"msg":1,"level":[]}'),
      fc.constant('dial tcp: lookup : no such host'),
    ),
  )
  .map((lines) => lines.join('\n'));

describe('objects as nobody makes them', () => {
  it('stop no analyzer', () => {
    fc.assert(
      fc.property(pod, fc.array(event, { maxLength: 3 }), text, (onePod, events, output) => {
        const log = { namespace: 'n', pod: 'p', container: 'app', text: output, truncated: false };
        const snapshot = new Snapshot({
          ...partsFrom([onePod, ...events], now),
          logs: [
            { ...log, previous: true },
            { ...log, previous: false },
          ],
        });
        for (const analyzer of analyzers) {
          for (const found of analyzer.analyze(snapshot)) {
            expect(found.evidence.length, `${found.code} without evidence`).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('prove nothing where a kind was not seen', () => {
    const waiting = { waiting: { reason: 'ContainerCreating' } };
    const raw = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', namespace: 'n', uid: 'u', creationTimestamp: '2026-01-01T11:57:00Z' },
      spec: {
        nodeName: 'w',
        containers: [{ name: 'app', image: 'a:1' }],
        volumes: [{ name: 'v', configMap: { name: 'c' } }],
      },
      status: { phase: 'Pending', containerStatuses: [{ name: 'app', state: waiting }] },
    };
    const codes = (unseen: readonly 'ConfigMap'[]): readonly string[] =>
      analyzers.flatMap((a) => a.analyze(new Snapshot(partsFrom([raw], now, unseen)))).map((f) => f.code);
    expect(codes([])).toContain('pod.config.config-map-missing');
    expect(codes(['ConfigMap'])).not.toContain('pod.config.config-map-missing');
  });
});
