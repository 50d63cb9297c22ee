import type { Manifest } from '@autodevops/domain/change/operation';
import { list, name, number, object as shapeOf, flag } from '@autodevops/domain/kubernetes/shape';
import { condition } from '@autodevops/domain/kubernetes/metadata';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { conditionOf } from '../../reading/pods/pod-status.ts';
import type { Live, Standing } from '../action.ts';
import { liveTarget } from './live-target.ts';
import { manifestName } from './manifest-name.ts';
import { refuse } from '../refusal.ts';

const groups: Readonly<Record<string, string>> = {
  Kustomization: 'kustomize.toolkit.fluxcd.io',
  HelmRelease: 'helm.toolkit.fluxcd.io',
  GitRepository: 'source.toolkit.fluxcd.io',
  HelmRepository: 'source.toolkit.fluxcd.io',
  OCIRepository: 'source.toolkit.fluxcd.io',
  HelmChart: 'source.toolkit.fluxcd.io',
  Bucket: 'source.toolkit.fluxcd.io',
};

/** Kinds of Flux that can be asked to reconcile, suspended and resumed. */
export const fluxKinds = Object.keys(groups);

/** https://fluxcd.io/flux/components/kustomize/kustomizations/#kustomization-status, the same in each of the kinds. */
const flux = shapeOf({
  metadata: shapeOf({ generation: number }),
  spec: shapeOf({ suspend: flag, type: name }),
  status: shapeOf({ observedGeneration: number, lastHandledReconcileAt: name, conditions: list(condition) }),
});

export function readFlux(object: Manifest): ReturnType<typeof flux.read> {
  return flux.read(object);
}

export function isOfFlux({ apiVersion, kind }: Pick<ObjectRef, 'apiVersion' | 'kind'>): boolean {
  const group = groups[kind];
  return group !== undefined && apiVersion.startsWith(`${group}/`);
}

/** The object as it is now. Refused for what bears the kind's name and is not of Flux, or is not reconciled at all. */
export async function liveFlux(target: ObjectRef, live: Live): Promise<Manifest> {
  if (!isOfFlux(target)) {
    return refuse(`${refText(target)} is not of Flux (${target.apiVersion}).`, 'Correct the target.');
  }
  const object = await liveTarget(target, live);
  if (target.kind === 'HelmRepository' && readFlux(object).spec.type === 'oci') {
    return refuse(
      `${refText(target)} is only an address (type oci): Flux does not reconcile it.`,
      'Ask for the HelmRelease that uses it.',
    );
  }
  return object;
}

export function isSuspended(object: Manifest): boolean {
  return readFlux(object).spec.suspend === true;
}

/** Reasons with which a controller says that it waits for something and tries again by itself. */
const passing: readonly string[] = [
  'DependencyNotReady',
  'Progressing',
  'ProgressingWithRetry',
  'ArtifactNotReady',
  'SourceNotReady',
];

/**
 * The generation that a condition speaks of. `status.observedGeneration` is behind while nothing succeeds (Kustomization)
 * and ahead of what was done while it is suspended (HelmRelease), so it serves only where the condition says none:
 * https://pkg.go.dev/github.com/fluxcd/pkg/runtime/conditions#Set
 */
function generationOf(
  ready: Condition,
  { observedGeneration = 0 }: { readonly observedGeneration?: number | undefined },
): number {
  return ready.observedGeneration ?? observedGeneration;
}

/** What its controller says of the present generation: https://fluxcd.io/flux/components/ (kstatus conditions). */
export function readyStanding(object: Manifest): Standing {
  const { metadata, status } = readFlux(object);
  const what = manifestName(object);
  const ready = conditionOf(status.conditions, 'Ready');
  if (ready === undefined || generationOf(ready, status) < (metadata.generation ?? 0)) {
    return { state: 'waiting', says: `${what} has not been reconciled yet.` };
  }
  const message = oneLine(redact(ready.message), 300).replace(/\.$/, '');
  const says = `${what} is ${ready.status === 'True' ? 'ready' : 'not ready'} (${ready.reason})${message === '' ? '' : `: ${message}`}.`;
  if (ready.status === 'True') return { state: 'succeeded', says };
  return { state: ready.status === 'False' && !passing.includes(ready.reason) ? 'failed' : 'waiting', says };
}
