import type { Finding } from '@autodevops/domain/finding';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import type { HttpRoute } from '@autodevops/domain/kubernetes/network';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromSpec } from '../../evidence/finding.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { conditionOf } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { said } from '../../reading/said.ts';
import { matchesSelector, selectorText } from '../../reading/selector.ts';
import { parentMissing, routeBackendMissing, routeBackendPort, routeNotAccepted, routeNotPermitted } from './codes.ts';

type BackendRef = HttpRoute['spec']['rules'][number]['backendRefs'][number];

function namesText(names: readonly string[]): string {
  return names.length === 0 ? '' : `; there is ${names.map((n) => `"${n}"`).join(', ')}`;
}

function checkParents(snapshot: Snapshot, route: HttpRoute): readonly Finding[] {
  const ref = refTo('HTTPRoute', route);
  return route.spec.parentRefs.flatMap((parent, index): Finding[] => {
    if ((parent.kind ?? 'Gateway') !== 'Gateway') return [];
    const namespace = parent.namespace ?? route.metadata.namespace;
    const said = { object: ref, since: lastChange(route), facet: `${namespace}/${parent.name}` };
    if (snapshot.lacks('Gateway', namespace, parent.name)) {
      const near = nearMatches(
        parent.name,
        snapshot.listIn('Gateway', namespace).map((g) => g.metadata.name),
      );
      const other = snapshot.list('Gateway').find((g) => g.metadata.name === parent.name);
      const hint =
        near.length === 0 && other !== undefined
          ? `; a Gateway of that name is in namespace "${other.metadata.namespace}"`
          : namesText(near);
      return [
        finding(parentMissing, {
          ...said,
          cause: `HTTPRoute "${ref.name}" belongs to Gateway "${parent.name}" in namespace "${namespace}", which does not exist${hint}.`,
          evidence: [fromSpec(ref, `spec.parentRefs[${index}]`, `${namespace}/${parent.name}`)],
        }),
      ];
    }
    const gateway = snapshot.get('Gateway', namespace, parent.name);
    const listeners = gateway?.spec.listeners.map((l) => l.name) ?? [];
    if (gateway === undefined || parent.sectionName === undefined || listeners.includes(parent.sectionName)) return [];
    return [
      finding(parentMissing, {
        ...said,
        cause: `HTTPRoute "${ref.name}" belongs to listener "${parent.sectionName}" of Gateway "${parent.name}", which has ${listeners.map((l) => `"${l}"`).join(', ')} only.`,
        evidence: [fromSpec(ref, `spec.parentRefs[${index}].sectionName`, parent.sectionName)],
      }),
    ];
  });
}

function checkBackend(snapshot: Snapshot, route: HttpRoute, backend: BackendRef, path: string): Finding | undefined {
  if ((backend.kind ?? 'Service') !== 'Service' || (backend.group ?? '') !== '') return undefined;
  const ref = refTo('HTTPRoute', route);
  const namespace = backend.namespace ?? route.metadata.namespace;
  const said = { object: ref, since: lastChange(route), facet: `${namespace}/${backend.name}:${backend.port ?? ''}` };
  if (snapshot.lacks('Service', namespace, backend.name)) {
    const near = nearMatches(
      backend.name,
      snapshot.listIn('Service', namespace).map((s) => s.metadata.name),
    );
    const other = snapshot.list('Service').find((s) => s.metadata.name === backend.name);
    const hint =
      near.length === 0 && other !== undefined
        ? `; a Service of that name is in namespace "${other.metadata.namespace}"`
        : namesText(near);
    return finding(routeBackendMissing, {
      ...said,
      cause: `HTTPRoute "${ref.name}" sends requests to Service "${backend.name}", which does not exist in namespace "${namespace}"${hint}.`,
      evidence: [fromSpec(ref, path, `${namespace}/${backend.name}`)],
    });
  }
  const ports = snapshot.get('Service', namespace, backend.name)?.spec.ports ?? [];
  if (backend.port === undefined || ports.length === 0 || ports.some((p) => p.port === backend.port)) return undefined;
  const has = ports.map((p) => p.port).join(', ');
  return finding(routeBackendPort, {
    ...said,
    cause: `HTTPRoute "${ref.name}" sends requests to port ${backend.port} of Service "${backend.name}", which has ${has}.`,
    evidence: [
      fromSpec(ref, `${path}.port`, String(backend.port)),
      fromSpec(refByName('Service', namespace, backend.name), 'spec.ports', has),
    ],
  });
}

function checkBackends(snapshot: Snapshot, route: HttpRoute): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const [i, rule] of route.spec.rules.entries()) {
    for (const [j, backend] of rule.backendRefs.entries()) {
      const one = checkBackend(snapshot, route, backend, `spec.rules[${i}].backendRefs[${j}]`);
      if (one !== undefined && !found.has(one.facet)) found.set(one.facet, one);
    }
  }
  return [...found.values()];
}

function wordsOf({ reason, message }: Condition): string {
  return message === '' ? reason : `${rootError(message)} (${reason})`;
}

/** Which namespaces the listeners of the Gateway admit, where that is why the route is refused. */
function admitted(
  snapshot: Snapshot,
  route: HttpRoute,
  parent: { readonly name: string; readonly namespace?: string | undefined; readonly sectionName?: string | undefined },
): string {
  const { namespace } = route.metadata;
  const gateway = snapshot.get('Gateway', parent.namespace ?? namespace, parent.name);
  const labels = snapshot.get('Namespace', '', namespace)?.metadata.labels;
  const listeners = (gateway?.spec.listeners ?? []).filter(
    (l) => parent.sectionName === undefined || l.name === parent.sectionName,
  );
  const rules = listeners.flatMap(({ allowedRoutes }): string[] => {
    const { from = 'Same', selector } = allowedRoutes?.namespaces ?? {};
    if (from === 'Same' && gateway?.metadata.namespace !== namespace) {
      return [`routes of its own namespace "${gateway?.metadata.namespace ?? ''}" only`];
    }
    const isShut =
      from === 'Selector' && selector !== undefined && labels !== undefined && !matchesSelector(selector, labels);
    return isShut
      ? [`namespaces with ${selectorText(selector)} only, which namespace "${namespace}" does not have`]
      : [];
  });
  return rules.length > 0 && rules.length === listeners.length
    ? `. It admits ${said([...new Set(rules)].join(', or '), 300)}`
    : '';
}

/** What the controllers say, where the objects themselves did not say it already. */
function checkStatus(
  snapshot: Snapshot,
  route: HttpRoute,
  known: { readonly parents: boolean; readonly backends: boolean },
): readonly Finding[] {
  const ref = refTo('HTTPRoute', route);
  const settled = (condition: Condition | undefined): condition is Condition =>
    condition?.status === 'False' && (ageOf(snapshot, condition.lastTransitionTime) ?? Infinity) > 30_000;
  return route.status.parents.flatMap((parent, index): Finding[] => {
    const gateway = `${parent.parentRef.namespace ?? route.metadata.namespace}/${parent.parentRef.name}`;
    const because = [
      { object: refByName('Gateway', parent.parentRef.namespace ?? route.metadata.namespace, parent.parentRef.name) },
    ];
    const at = (condition: Condition) => ({
      ...fromCondition(ref, condition),
      path: `status.parents[${index}].conditions[type=${condition.type}]`,
    });
    const accepted = conditionOf(parent.conditions, 'Accepted');
    const refs = conditionOf(parent.conditions, 'ResolvedRefs');
    const found: Finding[] = [];
    if (settled(accepted) && !known.parents) {
      found.push(
        finding(routeNotAccepted, {
          object: ref,
          cause: `Gateway ${gateway} does not accept HTTPRoute "${ref.name}": ${wordsOf(accepted)}${accepted.reason === 'NotAllowedByListeners' ? admitted(snapshot, route, parent.parentRef) : ''}.`,
          evidence: [at(accepted)],
          since: accepted.lastTransitionTime ?? '',
          facet: gateway,
          because,
        }),
      );
    }
    if (settled(refs) && !known.backends) {
      const code = refs.reason === 'RefNotPermitted' ? routeNotPermitted : routeBackendMissing;
      found.push(
        finding(code, {
          object: ref,
          cause: `A backend of HTTPRoute "${ref.name}" cannot be used: ${wordsOf(refs)}.`,
          evidence: [at(refs)],
          since: refs.lastTransitionTime ?? '',
          facet: gateway,
        }),
      );
    }
    return found;
  });
}

export function checkRoutes(snapshot: Snapshot): readonly Finding[] {
  return snapshot
    .list('HTTPRoute')
    .filter((route) => route.metadata.deletionTimestamp === undefined)
    .flatMap((route) => {
      const parents = checkParents(snapshot, route);
      const backends = checkBackends(snapshot, route);
      return [
        ...parents,
        ...backends,
        ...checkStatus(snapshot, route, { parents: parents.length > 0, backends: backends.length > 0 }),
      ];
    });
}
