import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Ingress } from '@autodevops/domain/kubernetes/network';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { listAt, textAt } from '../../reading/json-value.ts';
import { customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { said } from '../../reading/said.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { middlewareMissing } from './codes.ts';

/** The API group of today, and that of before Traefik 2.10. */
export const traefikGroups = ['traefik.io', 'traefik.containo.us'] as const;

const annotation = 'traefik.ingress.kubernetes.io/router.middlewares';

/** A middleware as a route asks for it. */
interface Asked {
  readonly object: ObjectRef;
  readonly since: string;
  readonly path: string;
  readonly written: string;
  /** Namespace and name joined, as Traefik keeps them. */
  readonly known: string;
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}-${name}`;
}

/** What other providers bring (`@file`, `@docker`) is not in the cluster. */
function ofIngress(ingress: Ingress): readonly Asked[] {
  const written = ingress.metadata.annotations[annotation] ?? '';
  return written
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part.endsWith('@kubernetescrd'))
    .map((part) => ({
      object: refTo('Ingress', ingress),
      since: lastChange(ingress),
      path: `metadata.annotations[${annotation}]`,
      written: part,
      known: part.slice(0, part.lastIndexOf('@')),
    }));
}

function ofRoute(route: CustomObject): readonly Asked[] {
  return listAt(route.spec, 'routes').flatMap((rule, i) =>
    listAt(rule, 'middlewares').flatMap((one, j): Asked[] => {
      const name = textAt(one, 'name');
      const namespace = textAt(one, 'namespace') || route.metadata.namespace;
      return name === '' || name.includes('@')
        ? []
        : [
            {
              object: refToCustom(route),
              since: lastChange(route),
              path: `spec.routes[${i}].middlewares[${j}]`,
              written: `${namespace}/${name}`,
              known: keyOf(namespace, name),
            },
          ];
    }),
  );
}

/** One that the writer may have meant: of this name, in another namespace. */
function hintFor(known: string, there: readonly CustomObject[]): string {
  const near = there.find(({ metadata }) => known.endsWith(`-${metadata.name}`));
  if (near === undefined) return '';
  const { namespace, name } = near.metadata;
  return `; there is "${name}" in namespace "${namespace}", which an Ingress writes "${keyOf(namespace, name)}@kubernetescrd"`;
}

function tell(asked: Asked, there: readonly CustomObject[]): Finding {
  return finding(middlewareMissing, {
    object: asked.object,
    cause: `${refText(asked.object)} goes through middleware "${said(asked.written, 160)}", which does not exist, so Traefik leaves its route out${hintFor(asked.known, there)}.`,
    evidence: [fromSpec(asked.object, asked.path, asked.written)],
    since: asked.since,
    facet: asked.known,
  });
}

/** Routes through middlewares that are not there. Without any of them it may be that they could not be read. */
export function checkMiddlewares(snapshot: Snapshot): readonly Finding[] {
  const there = traefikGroups.flatMap((group) => customOfKind(snapshot, group, 'Middleware'));
  if (there.length === 0 || snapshot.parts.namespaces !== undefined) return [];
  const known = new Set(there.map(({ metadata }) => keyOf(metadata.namespace, metadata.name)));
  const routes = traefikGroups.flatMap((group) => customOfKind(snapshot, group, 'IngressRoute'));
  const asked = [...snapshot.list('Ingress').flatMap(ofIngress), ...routes.flatMap(ofRoute)];
  return asked.filter((one) => !known.has(one.known)).map((one) => tell(one, there));
}
