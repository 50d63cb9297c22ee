import { describe, expect, it } from 'vitest';
import { testFixtures } from '@autodevops/testkit/fixture';
import { rejectionOf } from '../../reading/platform/rejection.ts';
import { admissionQuota } from './analyzer.ts';

testFixtures(admissionQuota, new URL('./fixtures/', import.meta.url));

describe('refusals', () => {
  it.each([
    [
      'pods "a" is forbidden: exceeded quota: q, requested: limits.cpu=1,pods=1, used: limits.cpu=0,pods=3, limited: limits.cpu=1,pods=3',
      'quota',
    ],
    ['pods "a" is forbidden: failed quota: q: must specify limits.cpu,limits.memory', 'quota-unspecified'],
    [
      'pods "a" is forbidden: [maximum cpu usage per Container is 1, but limit is 2, maximum memory usage per Pod is 1Gi, but limit is 2Gi]',
      'limit-range',
    ],
    [
      'pods "a" is forbidden: violates PodSecurity "baseline:v1.30": hostPort (container "a" uses hostPort 80)',
      'pod-security',
    ],
    [
      'admission webhook "validate.kyverno.svc-fail" denied the request: \n\nresource Pod/shop/a was blocked due to: exceeded quota: no',
      'webhook-denied',
    ],
    [
      'Internal error occurred: failed calling webhook "x.example.com": failed to call webhook: Post "https://a.b.svc:443/?timeout=10s": EOF',
      'webhook-failed',
    ],
    ["pods \"a\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no", 'policy'],
    [
      'pods "a" is forbidden: error looking up service account shop/web: serviceaccount "web" not found',
      'service-account',
    ],
    ['pods "a" is forbidden: no PriorityClass with name high was found', 'priority-class'],
    ['something new', 'other'],
    ['', 'other'],
  ])('reads "%s" as %s', (text, gate) => {
    expect(rejectionOf(text).gate).toBe(gate);
  });

  it('keeps the figures', () => {
    const read = rejectionOf(
      'pods "a" is forbidden: exceeded quota: q, requested: limits.cpu=1,pods=1, used: limits.cpu=0,pods=3, limited: limits.cpu=1,pods=3',
    );
    expect(
      read.gate === 'quota' && [
        read.quota,
        read.requested.get('limits.cpu'),
        read.used.get('pods'),
        read.limited.get('pods'),
      ],
    ).toEqual(['q', '1', '3', '3']);
  });

  it.each(['maximum '.repeat(1_000_000), `${'a'.repeat(1_000_000)} max limit to request ratio per `])(
    'reads endless text to an end',
    (text) => {
      expect(rejectionOf(text).gate).toBe('other');
    },
  );
});
