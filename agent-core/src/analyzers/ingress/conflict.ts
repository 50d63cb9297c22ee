import type { Finding } from '@autodevops/domain/finding';
import type { Ingress } from '@autodevops/domain/kubernetes/network';
import { refText, refTo } from '@autodevops/domain/object-ref';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { hostConflict } from './codes.ts';

interface Claim {
  readonly ingress: Ingress;
  readonly path: string;
  readonly route: string;
  readonly service: string;
}

function classOf(ingress: Ingress): string {
  return ingress.spec.ingressClassName ?? ingress.metadata.annotations['kubernetes.io/ingress.class'] ?? '';
}

/** Canaries and merged Ingresses share a host on purpose. */
function sharesOnPurpose(ingress: Ingress): boolean {
  const { annotations } = ingress.metadata;
  return (
    annotations['nginx.ingress.kubernetes.io/canary'] === 'true' ||
    annotations['nginx.org/mergeable-ingress-type'] !== undefined
  );
}

function claimsOf(ingress: Ingress): readonly (readonly [string, Claim])[] {
  return ingress.spec.rules.flatMap((rule, i) =>
    rule.http.paths.flatMap((path, j): (readonly [string, Claim])[] => {
      const host = rule.host ?? '';
      const service = path.backend.service;
      if (host === '' || service === undefined) return [];
      const route = `${host}${path.path ?? '/'}`;
      const to = `${ingress.metadata.namespace}/${service.name}`;
      return [
        [
          `${classOf(ingress)}|${route}|${path.pathType ?? ''}`,
          { ingress, route, service: to, path: `spec.rules[${i}].http.paths[${j}]` },
        ],
      ];
    }),
  );
}

function byAge(a: Claim, b: Claim): number {
  const [x, y] = [a.ingress.metadata, b.ingress.metadata];
  return (
    (x.creationTimestamp ?? '').localeCompare(y.creationTimestamp ?? '') ||
    `${x.namespace}/${x.name}`.localeCompare(`${y.namespace}/${y.name}`)
  );
}

function conflict(older: Claim, newer: Claim): Finding {
  const [first, second] = [refTo('Ingress', older.ingress), refTo('Ingress', newer.ingress)];
  return finding(hostConflict, {
    object: second,
    cause: `Ingress "${second.name}" claims ${newer.route} for Service ${newer.service}, which the older ${refText(first)} already sends to Service ${older.service}.`,
    evidence: [
      fromSpec(second, newer.path, `${newer.route} → ${newer.service}`),
      fromSpec(first, older.path, `${older.route} → ${older.service}`),
    ],
    since: newer.ingress.metadata.creationTimestamp ?? '',
    facet: newer.route,
  });
}

/** Rules of different Ingresses for one host and path that lead to different Services; one finding for each newer Ingress. */
export function checkConflicts(snapshot: Snapshot): readonly Finding[] {
  const claims = new Map<string, Claim[]>();
  for (const ingress of snapshot.list('Ingress')) {
    if (ingress.metadata.deletionTimestamp !== undefined || sharesOnPurpose(ingress)) continue;
    for (const [key, claim] of claimsOf(ingress)) {
      pushTo(claims, key, claim);
    }
  }
  const found = new Map<Ingress, Finding>();
  for (const rivals of claims.values()) {
    if (rivals.length < 2) continue;
    const [older, ...rest] = rivals.toSorted(byAge);
    if (older === undefined) continue;
    for (const newer of rest) {
      if (newer.ingress !== older.ingress && newer.service !== older.service && !found.has(newer.ingress)) {
        found.set(newer.ingress, conflict(older, newer));
      }
    }
  }
  return [...found.values()];
}
