import type { Because } from '@autodevops/domain/finding';
import type { ObjectRef } from '@autodevops/domain/object-ref';

/** First words of the codes that are about objects, not about signals. A test compares them with the catalogue. */
export const objectCodes = [
  'admission', 'api', 'argo-cd', 'argo-rollouts', 'cert-manager', 'certificate-request', 'cluster', 'cluster-api', 'control-plane', 'crd', 'cronjob', 'custom',
  'daemonset', 'dns', 'flux', 'gateway', 'helm', 'hpa', 'ingress', 'job', 'kamaji', 'keda', 'kind', 'namespace', 'network', 'network-policy', 'node', 'object',
  'pdb', 'permission', 'pod', 'service', 'statefulset', 'storage', 'version', 'workload',
].map((word) => `${word}.`);

/**
 * Signals explain one another in one direction only, from what is felt to what is used up: an alert by anything;
 * errors, latency and queues by use and limits, and by those of a Service that is called; use by limits; limits by what is wrong with the object itself.
 */
const order = {
  called: ['signal.errors.', 'signal.latency.', 'signal.saturation.', 'signal.cpu.', 'signal.memory.', 'signal.restarts.', 'signal.volume.', 'signal.disk.', 'signal.peer.'],
  felt: ['signal.cpu.', 'signal.memory.', 'signal.restarts.', 'signal.volume.', 'signal.disk.', 'signal.peer.'],
  used: ['signal.cpu.at-limit', 'signal.memory.leak', 'signal.memory.near-limit'],
  limit: [],
} as const;

/** The object, explained by what is wrong with it or by a signal further down. */
export function signalBecause(level: keyof typeof order, objects: readonly ObjectRef[]): readonly Because[] {
  return objects.map((object) => ({ object, codes: [...objectCodes, ...order[level]] }));
}
