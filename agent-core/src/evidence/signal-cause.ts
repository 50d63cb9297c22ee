import type { Because } from '@autodevops/domain/finding';
import type { ObjectRef } from '@autodevops/domain/object-ref';

/** First words of the codes that are about objects, not about signals. A test compares them with the catalogue. */
export const objectCodes = [
  'admission',
  'api',
  'argo-cd',
  'argo-rollouts',
  'ceph',
  'cert-manager',
  'certificate-request',
  'chaos',
  'cluster',
  'cluster-api',
  'control-plane',
  'crd',
  'cronjob',
  'custom',
  'daemonset',
  'dns',
  'flux',
  'gateway',
  'helm',
  'hpa',
  'ingress',
  'istio',
  'job',
  'kamaji',
  'karpenter',
  'keda',
  'kind',
  'kueue',
  'namespace',
  'network',
  'network-policy',
  'node',
  'object',
  'openshift',
  'pdb',
  'permission',
  'pod',
  'service',
  'statefulset',
  'storage',
  'traefik',
  'velero',
  'version',
  'workload',
].map((word) => `${word}.`);

const ofUse = [
  'signal.cpu.',
  'signal.contention.',
  'signal.memory.',
  'signal.restarts.',
  'signal.volume.',
  'signal.disk.',
  'signal.network.',
  'signal.store.',
  'signal.peer.',
];
const ofWaiting = ['signal.saturation.', 'signal.connections.'];
const ofLimits = ['signal.cpu.at-limit', 'signal.memory.leak', 'signal.memory.near-limit'];

/**
 * Signals explain one another in one direction only, from what is felt to what is used up. What is `felt` (errors,
 * latency) by use, by what waits, and by what the logs began to say; what `waits` (queues, connections, memory that is
 * held meanwhile) and what is `used` by limits; a `limit` by what is wrong with the object itself. What is wrong with a
 * Service that is `called` explains what is felt by its caller, and what waits there; so does what the node uses that
 * `carries` it. What is `consumed` too slowly piles up: then those who fetch from it have the trouble.
 */
const order = {
  called: ['signal.errors.', 'signal.latency.', 'signal.log.', 'signal.connections.', ...ofUse],
  carries: [...ofWaiting, ...ofUse],
  consumed: ['signal.log.', 'signal.errors.', 'signal.target.'],
  felt: ['signal.log.', ...ofWaiting, ...ofUse],
  waits: ofLimits,
  used: ofLimits,
  said: [...ofWaiting, ...ofUse],
  limit: [],
} as const;

/** The object, explained by what is wrong with it or by a signal further down. */
export function signalBecause(level: keyof typeof order, objects: readonly ObjectRef[]): readonly Because[] {
  return objects.map((object) => ({ object, codes: [...objectCodes, ...order[level]] }));
}
