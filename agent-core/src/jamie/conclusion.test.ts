import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import { Diagnosis as DiagnosisSchema } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import { refByName } from '@autodevops/domain/object-ref';
import { Snapshot } from '@autodevops/domain/snapshot';
import { confidenceRank } from './causes/cause-group.ts';
import { conclude } from './conclusion.ts';
import { findingAt, noon, podOf, snapshotOf, statefulSetOf } from './testing/cluster-builder.ts';

const node = (name: string): { kind: 'Node'; [field: string]: unknown } => ({ kind: 'Node', metadata: { name } });
const cluster = snapshotOf(
  node('worker'),
  statefulSetOf('web'),
  statefulSetOf('db'),
  podOf({ name: 'web-0', owner: 'web', labels: { app: 'web' } }),
  podOf({ name: 'web-1', owner: 'web', labels: { app: 'web' } }),
  podOf({ name: 'db-0', owner: 'db', labels: { app: 'db' } }),
  {
    kind: 'Service',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { selector: { app: 'db' }, ports: [{ port: 5432 }] },
  },
  {
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
  },
  { kind: 'Namespace', metadata: { name: 'shop' } },
);

function answer(findings: readonly Finding[], snapshot: Snapshot = cluster): Diagnosis {
  return conclude(snapshot, { findings, blindSpots: [] }, {});
}

function codes(causes: readonly Cause[]): string[] {
  return causes.map((c) => c.code);
}

const onNode = { object: refByName('Node', '', 'worker') };
const onDb = { object: refByName('Service', 'shop', 'db') };

describe('what is left out', () => {
  const minutesBefore = (minutes: number): string => new Date(cluster.now - minutes * 60_000).toISOString();
  const found = [
    findingAt('Pod', 'web-0', { code: 'a.new', since: minutesBefore(4) }),
    findingAt('Pod', 'db-0', { code: 'a.old', since: minutesBefore(40) }),
  ];
  const within = (minutes: number): Diagnosis =>
    conclude(cluster, { findings: found, blindSpots: [] }, { beganWithin: minutes * 60_000 });

  it('counts the time that was asked for from the snapshot, not from the clock of the machine', () => {
    expect(codes(within(5).causes)).toEqual(['a.new']);
    expect(codes(within(60).causes)).toEqual(['a.new', 'a.old']);
  });

  it('does not say that nothing is wrong where something older is', () => {
    expect(within(1).summary).toContain('2 other problems are left out');
  });
});

describe('one cause, not twenty symptoms', () => {
  it('merges the same finding on the pods of one workload and names the workload', () => {
    const found = [findingAt('Pod', 'web-0', { code: 'a.b' }), findingAt('Pod', 'web-1', { code: 'a.b' })];
    const [cause, ...rest] = answer(found).causes;
    expect(rest).toEqual([]);
    expect(cause?.object).toMatchObject({ kind: 'StatefulSet', name: 'web' });
    expect(cause?.symptoms.map((s) => s.object.name)).toEqual(['web-0', 'web-1']);
  });

  it('keeps apart what differs in its facet', () => {
    const found = [
      findingAt('Pod', 'web-0', { code: 'a.b', facet: 'x' }),
      findingAt('Pod', 'web-1', { code: 'a.b', facet: 'y' }),
    ];
    expect(answer(found).causes).toHaveLength(2);
  });

  it('hangs pods under the node that explains them', () => {
    const found = [
      findingAt('Pod', 'web-0', { because: [onNode] }),
      findingAt('Pod', 'db-0', { because: [onNode] }),
      findingAt('Node', 'worker'),
    ];
    const { causes } = answer(found);
    expect(codes(causes)).toEqual(['test.worker']);
    expect(causes[0]?.symptoms.map((s) => s.object.name)).toEqual(expect.arrayContaining(['web', 'db']));
  });

  it('follows a chain from a caller over a Service to the pod behind it', () => {
    const found = [
      findingAt('Pod', 'web-0', { code: 'crash.refused', because: [onDb] }),
      findingAt('Service', 'db', {
        code: 'service.empty',
        generic: true,
        because: [{ object: refByName('Pod', 'shop', 'db-0') }],
      }),
      findingAt('Pod', 'db-0', { code: 'pod.memory' }),
    ];
    const { causes } = answer(found);
    expect(codes(causes)).toEqual(['pod.memory']);
    expect(causes[0]?.symptoms.map((s) => s.code)).toEqual(expect.arrayContaining(['crash.refused', 'service.empty']));
  });

  it('does not let a finding of another sort explain it', () => {
    const found = [
      findingAt('Pod', 'web-0', { because: [{ ...onNode, codes: ['node.disk.'] }] }),
      findingAt('Node', 'worker', { code: 'node.memory.pressure' }),
    ];
    expect(answer(found).causes).toHaveLength(2);
  });

  it('names one root when two findings explain each other', () => {
    const a = findingAt('Pod', 'web-0', { because: [{ object: refByName('Pod', 'shop', 'db-0') }] });
    const b = findingAt('Pod', 'db-0', { because: [{ object: refByName('Pod', 'shop', 'web-0') }] });
    expect(answer([a, b]).causes).toHaveLength(1);
  });

  it('lets a general statement give way to a precise one about the same workload', () => {
    const found = [
      findingAt('StatefulSet', 'web', { code: 'w.unavailable', generic: true }),
      findingAt('Pod', 'web-0', { code: 'p.image' }),
    ];
    expect(codes(answer(found).causes)).toEqual(['p.image']);
  });
});

describe('above and below the line', () => {
  it('keeps what has recovered below it and calls the cluster healthy', () => {
    const result = answer([findingAt('Pod', 'web-0', { standing: 'recovered' })]);
    expect(result.verdict).toBe('healthy');
    expect(result.information).toHaveLength(1);
    expect(result.information[0]?.title).toContain('recovered');
  });

  it('raises a note to a cause when something grave hangs under it', () => {
    const found = [findingAt('Node', 'worker', { severity: 'info' }), findingAt('Pod', 'web-0', { because: [onNode] })];
    expect(answer(found).causes[0]).toMatchObject({ code: 'test.worker', severity: 'critical' });
  });

  it('puts a workload whose Service is down before one that nobody calls', () => {
    const found = [findingAt('PersistentVolumeClaim', 'data'), findingAt('Pod', 'web-0')];
    expect(answer(found).causes[0]?.impact).toBe('Service shop/web has no ready endpoint.');
  });
});

describe('verdicts', () => {
  it('is inconclusive, not healthy, when pods could not be read', () => {
    const blind = new Snapshot({ capturedAt: noon, objects: {}, failed: ['Pod'] });
    expect(answer([], blind).verdict).toBe('inconclusive');
  });

  it('is inconclusive when a rule failed', () => {
    const result = conclude(cluster, { findings: [], blindSpots: [{ what: 'x', why: 'y', remedy: 'z' }] }, {});
    expect(result.verdict).toBe('inconclusive');
  });

  it('is inconclusive for a namespace that does not exist', () => {
    const result = conclude(cluster, { findings: [], blindSpots: [] }, { namespaces: ['shpo'] });
    expect(result.verdict).toBe('inconclusive');
    expect(result.blindSpots[0]?.what).toBe('namespace shpo');
  });

  it('keeps the contract', () => {
    expect(DiagnosisSchema.safeParse(answer([findingAt('Pod', 'web-0')])).success).toBe(true);
  });
});

describe('suppression', () => {
  const rule = { code: 'test.*', object: 'StatefulSet/shop/*', owner: 'ann', reason: 'known', expires: '2026-02-01' };

  it('moves a known finding aside, with its owner and reason', () => {
    const result = conclude(
      cluster,
      { findings: [findingAt('Pod', 'web-0')], blindSpots: [] },
      { suppressions: [rule] },
    );
    expect(result.verdict).toBe('healthy');
    expect(result.suppressed[0]?.suppression.owner).toBe('ann');
  });

  it('lets an expired one come back', () => {
    const expired = { ...rule, expires: '2025-12-31' };
    const result = conclude(
      cluster,
      { findings: [findingAt('Pod', 'web-0')], blindSpots: [] },
      { suppressions: [expired] },
    );
    expect(result.verdict).toBe('problem');
  });
});

const refs = [
  onNode,
  onDb,
  { object: refByName('Pod', 'shop', 'web-0') },
  { object: refByName('Pod', 'shop', 'db-0') },
];
const someFinding = fc
  .record({
    at: fc.constantFrom(
      ['Pod', 'web-0'],
      ['Pod', 'web-1'],
      ['Pod', 'db-0'],
      ['Node', 'worker'],
      ['Service', 'db'],
      ['StatefulSet', 'web'],
    ),
    code: fc.constantFrom('a.x', 'a.y', 'b.z'),
    severity: fc.constantFrom('critical', 'warning', 'info'),
    confidence: fc.constantFrom('high', 'medium', 'low'),
    standing: fc.constantFrom('current', 'current', 'current', 'recovered'),
    generic: fc.boolean(),
    facet: fc.constantFrom('', 'app'),
    because: fc.array(fc.constantFrom(...refs), { maxLength: 2 }),
  })
  .map(({ at, ...said }) => findingAt(at[0] as 'Pod', at[1] ?? '', said as Partial<Finding>));

describe('for any findings', () => {
  it('their order does not matter', () => {
    fc.assert(
      fc.property(
        fc
          .array(someFinding, { maxLength: 10 })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(answer(shuffled)).toEqual(answer(all));
        },
      ),
    );
  });

  it('a healthy object changes nothing but what was counted', () => {
    const more = new Snapshot({
      ...cluster.parts,
      objects: {
        ...cluster.parts.objects,
        Pod: [...cluster.list('Pod'), ...snapshotOf(podOf({ name: 'other', ready: true })).list('Pod')],
      },
    });
    fc.assert(
      fc.property(fc.array(someFinding, { maxLength: 8 }), (all) => {
        expect(answer(all, more).causes).toEqual(answer(all).causes);
      }),
    );
  });

  it('taking a finding away makes no cause more certain than it was', () => {
    const certain = ({ causes, information }: Diagnosis): ReadonlyMap<string, number> => {
      const ranks = new Map<string, number>();
      for (const { code, object, confidence } of [...causes, ...information]) {
        const key = `${code} ${object.kind} ${object.name}`;
        ranks.set(key, Math.max(ranks.get(key) ?? 0, confidenceRank(confidence)));
      }
      return ranks;
    };
    fc.assert(
      fc.property(fc.array(someFinding, { minLength: 1, maxLength: 8 }), fc.nat({ max: 7 }), (all, taken) => {
        const before = certain(answer(all));
        const without = all.filter((_, index) => index !== taken % all.length);
        for (const [key, rank] of certain(answer(without))) {
          expect(rank, key).toBeLessThanOrEqual(before.get(key) ?? rank);
        }
      }),
    );
  });

  it('every current finding is a cause, a note or a symptom: none is lost', () => {
    fc.assert(
      fc.property(fc.array(someFinding, { maxLength: 10 }), (all) => {
        const result = answer(all);
        const told = new Set(
          [...result.causes, ...result.information].flatMap((c) => [c.code, ...c.symptoms.map((s) => s.code)]),
        );
        for (const finding of all) expect(told).toContain(finding.code);
      }),
    );
  });
});
