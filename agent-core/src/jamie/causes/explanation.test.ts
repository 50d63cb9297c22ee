import { describe, expect, it } from 'vitest';
import type { Finding } from '@autodevops/domain/finding';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refByName } from '@autodevops/domain/object-ref';
import { groupFindings } from './cause-group.ts';
import { explain } from './explanation.ts';
import { findingAt, podOf, snapshotOf, statefulSetOf } from '../testing/cluster-builder.ts';

const cluster = snapshotOf(
  statefulSetOf('db'),
  podOf({ name: 'db-0', owner: 'db', labels: { app: 'db' } }),
  podOf({ name: 'web', labels: {} }),
  { kind: 'Service', metadata: { name: 'db', namespace: 'shop' }, spec: { selector: { app: 'db' } } },
);

/** `root: symptom, symptom`, each by its code. */
function explained(...findings: Finding[]): string[] {
  const code = (group: { findings: readonly Finding[] }): string => group.findings[0]?.code ?? '';
  return explain(cluster, groupFindings(cluster, findings)).map(
    ({ root, symptoms }) => `${code(root)}: ${symptoms.map(code).toSorted().join(', ')}`,
  );
}

const because = (kind: KindName, name: string, codes?: readonly string[]) => ({
  because: [
    { object: refByName(kind, kind === 'Node' ? '' : 'shop', name), ...(codes === undefined ? {} : { codes }) },
  ],
});
const link = (number: number, to: number, said: Partial<Finding> = {}): Finding =>
  findingAt('ConfigMap', `c${number}`, { code: `c${number}`, ...because('ConfigMap', `c${to}`), ...said });

describe('chains', () => {
  it('of fifty links lead to their one end', () => {
    const chain = Array.from({ length: 49 }, (_, i) => link(i, i + 1));
    const [only, ...rest] = explained(...chain, findingAt('ConfigMap', 'c49', { code: 'c49' }));
    expect(rest).toEqual([]);
    expect(only?.startsWith('c49: ')).toBe(true);
    expect(only?.split(', ')).toHaveLength(49);
  });

  it('that are broken end where nothing is wrong', () => {
    expect(explained(link(0, 1), link(2, 3))).toEqual(['c0: ', 'c2: ']);
  });

  it('that meet hang under the same root', () => {
    expect(explained(link(0, 2), link(1, 2), findingAt('ConfigMap', 'c2', { code: 'c2' }))).toEqual(['c2: c0, c1']);
  });

  it('that part hang under both', () => {
    const both = [...because('ConfigMap', 'c1').because, ...because('ConfigMap', 'c2').because];
    const found = explained(
      link(0, 1, { because: both }),
      findingAt('ConfigMap', 'c1', { code: 'c1' }),
      findingAt('ConfigMap', 'c2', { code: 'c2' }),
    );
    expect(found.toSorted()).toEqual(['c1: c0', 'c2: c0']);
  });
});

describe('circles', () => {
  it('have one root: the gravest of them', () => {
    expect(explained(link(0, 1, { severity: 'warning' }), link(1, 2), link(2, 0, { severity: 'warning' }))).toEqual([
      'c1: c0, c2',
    ]);
  });

  it('that agree in all have the first by name, whatever the order', () => {
    expect(explained(link(2, 0), link(1, 2), link(0, 1))).toEqual(explained(link(0, 1), link(1, 2), link(2, 0)));
  });

  it('prefer what is precise to what is general', () => {
    expect(explained(link(0, 1, { generic: true }), link(1, 0, { severity: 'warning' }))).toEqual(['c1: c0']);
  });

  it('hang under what explains them from outside', () => {
    const out = { because: [...because('ConfigMap', 'c0').because, ...because('Node', 'worker').because] };
    expect(explained(link(0, 1), link(1, 0, out), findingAt('Node', 'worker', { code: 'node' }))).toEqual([
      'node: c0, c1',
    ]);
  });

  it('of one that names itself are no circle', () => {
    expect(explained(link(0, 0))).toEqual(['c0: ']);
  });
});

describe('what an object stands for', () => {
  it('a Service: the pods behind it', () => {
    expect(
      explained(
        findingAt('Pod', 'web', { code: 'refused', ...because('Service', 'db') }),
        findingAt('Pod', 'db-0', { code: 'memory' }),
      ),
    ).toEqual(['memory: refused']);
  });

  it('a Service: the workload of the pods behind it', () => {
    expect(
      explained(
        findingAt('Pod', 'web', { code: 'refused', ...because('Service', 'db') }),
        findingAt('StatefulSet', 'db', { code: 'quota' }),
      ),
    ).toEqual(['quota: refused']);
  });

  it('a pod: its workload', () => {
    expect(
      explained(
        findingAt('Pod', 'web', { code: 'refused', ...because('Pod', 'db-0') }),
        findingAt('StatefulSet', 'db', { code: 'quota' }),
      ),
    ).toEqual(['quota: refused']);
  });

  it('only findings of the sorts that are named', () => {
    const asks = (codes: readonly string[]) =>
      explained(
        findingAt('Pod', 'web', { code: 'refused', ...because('Pod', 'db-0', codes) }),
        findingAt('Pod', 'db-0', { code: 'pod.memory' }),
      );
    expect(asks(['pod.'])).toEqual(['pod.memory: refused']);
    expect(asks(['pod.image', 'node.'])).toHaveLength(2);
    expect(asks([])).toHaveLength(2);
  });
});

describe('general statements', () => {
  it('give way to a precise one about the same object', () => {
    expect(
      explained(
        findingAt('Pod', 'web', { code: 'not-ready', generic: true }),
        findingAt('Pod', 'web', { code: 'image' }),
      ),
    ).toEqual(['image: not-ready']);
  });

  it('stand when there is nothing more precise', () => {
    expect(
      explained(
        findingAt('Pod', 'web', { code: 'not-ready', generic: true }),
        findingAt('Pod', 'web', { code: 'no-replica', generic: true }),
      ),
    ).toHaveLength(2);
  });
});
