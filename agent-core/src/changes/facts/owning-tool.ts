import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { Facts } from '@autodevops/domain/change/plan';
import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import type { ClusterView } from '@autodevops/domain/ports/cluster-objects';
import { controllerOf } from '../../scarlet/targets/controller.ts';
import { ownersOfChanges } from './field-owners.ts';
import { labelsOf } from './touch.ts';

export type OwningTool = NonNullable<Facts['managedBy']>[number];

const argoTracking = 'argocd.argoproj.io/tracking-id';
const argoLabel = 'argocd.argoproj.io/instance';
/** Argo CD's default tracking label, which charts set for themselves as well. */
const instanceLabel = 'app.kubernetes.io/instance';
const Applications = z.array(
  z.looseObject({
    metadata: z.looseObject({ name: z.string() }),
    spec: z.looseObject({ destination: z.looseObject({ namespace: z.string().optional() }).optional() }).optional(),
  }),
);

function annotationsOf(object: Manifest): Readonly<Record<string, string>> {
  const annotations = object.metadata['annotations'];
  return typeof annotations === 'object' && annotations !== null
    ? (annotations as Readonly<Record<string, string>>)
    : {};
}

/**
 * `APPLICATION:GROUP/KIND:NAMESPACE/NAME`; one that names another object was copied, and Argo CD ignores it
 * (https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/).
 */
function trackedBy(object: Manifest): string | undefined {
  const id = annotationsOf(object)[argoTracking];
  const [application, ...about] = id?.split(':') ?? [];
  return about.join(':') ===
    `${groupOf(object.apiVersion)}/${object.kind}:${object.metadata.namespace ?? ''}/${object.metadata.name}`
    ? application
    : undefined;
}

async function argoOwner(object: Manifest, view: ClusterView, signal: AbortSignal): Promise<string | undefined> {
  const certain = trackedBy(object) ?? labelsOf(object)[argoLabel];
  if (certain !== undefined) return certain;
  const perhaps = labelsOf(object)[instanceLabel];
  if (perhaps === undefined) return undefined;
  const applications = Applications.parse(
    await view.list({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', namespace: '' }, { signal }),
  );
  const there = applications.some(
    ({ metadata, spec }) =>
      metadata.name === perhaps &&
      (spec?.destination?.namespace ?? object.metadata.namespace) === object.metadata.namespace,
  );
  return there ? perhaps : undefined;
}

function fluxOwner(object: Manifest): string | undefined {
  const labels = labelsOf(object);
  if (annotationsOf(object)['kustomize.toolkit.fluxcd.io/reconcile'] === 'disabled') return undefined;
  const found = [
    ['Kustomization', 'kustomize'],
    ['HelmRelease', 'helm'],
  ].find(([, group]) => labels[`${group}.toolkit.fluxcd.io/name`] !== undefined);
  if (found === undefined) return undefined;
  const [kind, group] = found;
  return `${kind} ${labels[`${group}.toolkit.fluxcd.io/namespace`] ?? ''}/${labels[`${group}.toolkit.fluxcd.io/name`]}`;
}

/** As Helm itself knows its own (https://helm.sh/docs/chart_best_practices/labels/, `checkOwnership` of pkg/action/validate.go). */
function helmOwner(object: Manifest): string | undefined {
  const release = annotationsOf(object)['meta.helm.sh/release-name'];
  if (labelsOf(object)['app.kubernetes.io/managed-by'] !== 'Helm' || release === undefined) return undefined;
  return `release ${annotationsOf(object)['meta.helm.sh/release-namespace'] ?? ''}/${release}`;
}

/** API groups of Kubernetes itself: an owner of another group is some operator's. */
const builtIn =
  /^(?:|apps|batch|autoscaling|policy|extensions|(?:networking|rbac\.authorization|storage|scheduling|admissionregistration|apiextensions|apiregistration|certificates|coordination|discovery|events|node|resource|flowcontrol\.apiserver)\.k8s\.io)$/;
const mostOwners = 5;

async function operatorOwner(object: Manifest, view: ClusterView, signal: AbortSignal): Promise<string | undefined> {
  let current: Manifest | undefined = object;
  for (let depth = 0; depth < mostOwners && current !== undefined; depth += 1) {
    const owner = controllerOf(current);
    if (owner === undefined || owner.kind === 'Node') return undefined;
    if (!builtIn.test(groupOf(owner.apiVersion))) return `${owner.kind} ${owner.namespace}/${owner.name}`;
    current = await view.get(owner, { signal });
  }
  return undefined;
}

/** Managers that write for a person or for Kubernetes itself, and put nothing back. */
const putsNothingBack = /^(?:kubectl\b.*|autodevops|kube-controller-manager|kube-scheduler|kubelet|kube-apiserver)$/;
const soundsLikeOne = /(?:^|[-_.])(?:controller|operator|manager)$/;

/** A manager that declares the field by apply, or is called a controller, keeps it as it wants it. */
function declaringManager(object: Manifest, after: Manifest | undefined): string | undefined {
  if (after === undefined) return undefined;
  return ownersOfChanges(object, after).find(
    ({ manager, applies }) => !putsNothingBack.test(manager) && (applies || soundsLikeOne.test(manager)),
  )?.manager;
}

/**
 * Who keeps this object as it is and would put a change back. `after` is the object as it would be, undefined when it
 * goes. A pod that a controller makes anew is nobody's: that is what such a change is for.
 */
export async function owningTools(
  object: Manifest,
  after: Manifest | undefined,
  view: ClusterView,
  signal: AbortSignal,
): Promise<readonly OwningTool[]> {
  if (object.kind === 'Pod' && controllerOf(object) !== undefined) return [];
  const argo = await argoOwner(object, view, signal);
  const flux = fluxOwner(object);
  const helm = argo === undefined && flux === undefined ? helmOwner(object) : undefined;
  const operator = await operatorOwner(object, view, signal);
  const found: readonly OwningTool[] = [
    ...(argo === undefined ? [] : [{ tool: 'argocd' as const, owner: argo }]),
    ...(flux === undefined ? [] : [{ tool: 'flux' as const, owner: flux }]),
    ...(helm === undefined ? [] : [{ tool: 'helm' as const, owner: helm }]),
    ...(operator === undefined ? [] : [{ tool: 'operator' as const, owner: operator }]),
  ];
  if (found.length > 0) return found;
  const manager = declaringManager(object, after);
  return manager === undefined ? [] : [{ tool: 'operator', owner: `field manager ${manager}` }];
}
