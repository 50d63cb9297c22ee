import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { matchesSelector } from '../reading/selector.ts';
import { podsBehind } from '../reading/network/service-pods.ts';
import type { Edge } from './edge.ts';

function serviceEdges(snapshot: Snapshot): Edge[] {
  return snapshot.list('Service').flatMap((service) => {
    const from = refTo('Service', service);
    return podsBehind(snapshot, service).map((pod) => ({
      from,
      to: refTo('Pod', pod),
      verb: 'selects' as const,
      detail: '',
    }));
  });
}

function ingressEdges(snapshot: Snapshot): Edge[] {
  return snapshot.list('Ingress').flatMap((ingress) => {
    const from = refTo('Ingress', ingress);
    const { namespace } = ingress.metadata;
    const { rules, defaultBackend, tls } = ingress.spec;
    const backends = [
      ...(defaultBackend === undefined ? [] : [{ backend: defaultBackend, host: '*' }]),
      ...rules.flatMap((rule) =>
        rule.http.paths.map((path) => ({ backend: path.backend, host: `${rule.host ?? '*'}${path.path ?? ''}` })),
      ),
    ];
    const routes = backends.flatMap(({ backend, host }): Edge[] =>
      backend.service === undefined
        ? []
        : [{ from, to: refByName('Service', namespace, backend.service.name), verb: 'routes to', detail: host }],
    );
    const secrets = tls.flatMap((t): Edge[] =>
      t.secretName === undefined
        ? []
        : [{ from, to: refByName('Secret', namespace, t.secretName), verb: 'reads', detail: 'tls' }],
    );
    return [...routes, ...secrets];
  });
}

function httpRouteEdges(snapshot: Snapshot): Edge[] {
  return snapshot.list('HTTPRoute').flatMap((route) => {
    const from = refTo('HTTPRoute', route);
    const { namespace } = route.metadata;
    const backends = route.spec.rules.flatMap((rule) => rule.backendRefs);
    const routes = backends
      .filter((backend) => (backend.kind ?? 'Service') === 'Service')
      .map((backend): Edge => ({
        from,
        to: refByName('Service', backend.namespace ?? namespace, backend.name),
        verb: 'routes to',
        detail: route.spec.hostnames.join(','),
      }));
    const parents = route.spec.parentRefs
      .filter((parent) => (parent.kind ?? 'Gateway') === 'Gateway')
      .map((parent): Edge => ({
        from: refByName('Gateway', parent.namespace ?? namespace, parent.name),
        to: from,
        verb: 'routes to',
        detail: parent.sectionName ?? '',
      }));
    return [...routes, ...parents];
  });
}

function policyEdges(snapshot: Snapshot): Edge[] {
  const policies = snapshot
    .list('NetworkPolicy')
    .map((p) => ({ from: refTo('NetworkPolicy', p), namespace: p.metadata.namespace, selector: p.spec.podSelector }));
  const budgets = snapshot
    .list('PodDisruptionBudget')
    .flatMap((b) =>
      b.spec.selector === undefined
        ? []
        : [{ from: refTo('PodDisruptionBudget', b), namespace: b.metadata.namespace, selector: b.spec.selector }],
    );
  return [...policies, ...budgets].flatMap(({ from, namespace, selector }) =>
    snapshot
      .listIn('Pod', namespace)
      .filter((pod) => matchesSelector(selector, pod.metadata.labels))
      .map((pod) => ({ from, to: refTo('Pod', pod), verb: 'guards' as const, detail: '' })),
  );
}

function webhookEdges(snapshot: Snapshot): Edge[] {
  return (['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'] as const).flatMap((kind) =>
    snapshot.list(kind).flatMap((configuration) =>
      configuration.webhooks.flatMap((webhook): Edge[] => {
        const { service } = webhook.clientConfig;
        if (service === undefined) return [];
        return [
          {
            from: refTo(kind, configuration),
            to: refByName('Service', service.namespace, service.name),
            verb: 'calls',
            detail: webhook.name,
          },
        ];
      }),
    ),
  );
}

/** Who sends traffic where, and who guards it: Services, Ingresses, Gateways, NetworkPolicies, PDBs, webhooks. */
export function routeEdges(snapshot: Snapshot): readonly Edge[] {
  return [
    ...serviceEdges(snapshot),
    ...ingressEdges(snapshot),
    ...httpRouteEdges(snapshot),
    ...policyEdges(snapshot),
    ...webhookEdges(snapshot),
  ];
}
