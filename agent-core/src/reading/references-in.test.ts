import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { describe, expect, it } from 'vitest';
import { customNamed, objectsNamed } from './objects-named.ts';
import { siblingsNamedIn } from './references-in.ts';

const api = 'ec2.aws.upbound.io/v1beta1';
const vpc = { apiVersion: api, kind: 'VPC', metadata: { name: 'blue' } };
const other = { apiVersion: 'net.example.com/v1', kind: 'VPC', metadata: { name: 'blue' } };

function namedBy(spec: object): readonly string[] {
  const subnet = { apiVersion: api, kind: 'Subnet', metadata: { name: 's' }, spec };
  const snapshot = new Snapshot(partsFrom([vpc, other, subnet], '2026-03-10T12:00:00Z'));
  const [object] = snapshot.custom.filter((o) => o.kind === 'Subnet');
  return object === undefined
    ? []
    : siblingsNamedIn(snapshot, object).map((ref) => `${ref.apiVersion} ${ref.kind} ${ref.name}`);
}

describe('siblings that are named without their kind', () => {
  it('are found by the beginning of the field, in the same API group only', () => {
    expect(namedBy({ forProvider: { vpcIdRef: { name: 'blue' } } })).toEqual([`${api} VPC blue`]);
  });

  it('are not guessed where the field is of another kind or says its kind itself', () => {
    expect(namedBy({ forProvider: { routeTableIdRef: { name: 'blue' } } })).toEqual([]);
    expect(namedBy({ vpcRef: { kind: 'Other', name: 'blue' } })).toEqual([]);
  });
});

describe('objects that a message names', () => {
  const pool = {
    apiVersion: 'machineconfiguration.openshift.io/v1',
    kind: 'MachineConfigPool',
    metadata: { name: 'worker' },
  };
  const snapshot = new Snapshot(partsFrom([pool], '2026-03-10T12:00:00Z'));

  it('are found as paths', () => {
    expect(
      objectsNamed('health check failed: Deployment/shop/web is not ready').map(
        (ref) => `${ref.kind} ${ref.namespace} ${ref.name}`,
      ),
    ).toEqual(['Deployment shop web']);
  });

  it('are found in words where they exist', () => {
    expect(
      customNamed(snapshot, 'retrying: MachineConfigPool worker is not ready. MachineConfigPool master too.').map(
        (ref) => ref.name,
      ),
    ).toEqual(['worker']);
  });

  it('are not searched for long in hostile text', () => {
    expect(objectsNamed('A/a/a '.repeat(100_000)).length).toBeLessThanOrEqual(20);
    expect(customNamed(snapshot, 'MachineConfigPool worker '.repeat(100_000))).toHaveLength(1);
  });
});
