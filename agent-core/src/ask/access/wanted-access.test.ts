import { Snapshot } from '@autodevops/domain/snapshot';
import { describe, expect, it } from 'vitest';
import { wantedAccess } from './wanted-access.ts';

const snapshot = new Snapshot({ capturedAt: '2026-03-04T10:00:00Z' });

describe('what somebody wants to do', () => {
  it.each([
    ['read', 'secrets', 'get', '', 'secrets', ''],
    ['delete', 'deployments', 'delete', 'apps', 'deployments', ''],
    ['see', 'pod logs', 'get', '', 'pods/log', ''],
    ['exec into', 'pods', 'create', '', 'pods/exec', ''],
    ['scale', 'deployments', 'update', 'apps', 'deployments/scale', ''],
    ['get', 'secret db-credentials', 'get', '', 'secrets', 'db-credentials'],
    ['create', 'network policies', 'create', 'networking.k8s.io', 'networkpolicies', ''],
    ['administer', 'everything', '*', '*', '*', ''],
  ])('"%s %s"', (verb, what, plain, group, resource, name) => {
    expect(wantedAccess(snapshot, verb, what)?.access).toEqual({ verb: plain, group, resource, name, namespace: '' });
  });

  it.each([
    ['get', 'to work'],
    ['open', 'to the internet'],
    ['scale', 'to 5'],
  ])('"%s %s" is no permission', (verb, what) => {
    expect(wantedAccess(snapshot, verb, what)).toBeUndefined();
  });
});
