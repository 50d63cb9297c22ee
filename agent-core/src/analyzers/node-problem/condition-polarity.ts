import type { Condition } from '@autodevops/domain/kubernetes/metadata';

/** Reported by the kubelet and the network plugin; other rules read them. */
const standard = new Set([
  'Ready',
  'MemoryPressure',
  'DiskPressure',
  'PIDPressure',
  'NetworkUnavailable',
  'OutOfDisk',
  'ConfigOK',
  'InodePressure',
]);

const goodEndings = ['Ready', 'Healthy', 'Ok', 'OK'];
const badWords = [
  'Problem',
  'Deadlock',
  'Readonly',
  'ReadOnly',
  'Frequent',
  'Corrupt',
  'Unhealthy',
  'Pressure',
  'Error',
  'Fail',
  'Down',
  'Hung',
  'Unavailable',
  'Degraded',
  'NotReady',
  'Fault',
  'Exhausted',
  'Full',
  'Bad',
  'Broken',
  'Unsync',
  'Skew',
  'OOM',
  'XID',
  'Stuck',
  'Leak',
];

export type Meaning = 'problem' | 'maintenance' | 'nothing';

/**
 * What a condition that is not a standard one says. Conditions that nobody knows (`EtcdIsVoter=True`) say nothing,
 * unless a problem detector wrote to the node: its conditions are all of the bad kind.
 */
export function meaningOf(condition: Condition, detectorWrites: boolean): Meaning {
  const { type, status } = condition;
  if (type === '' || standard.has(type)) return 'nothing';
  const isBad = badWords.some((word) => type.includes(word));
  if (!isBad && goodEndings.some((ending) => type.endsWith(ending))) return status === 'False' ? 'problem' : 'nothing';
  if (status !== 'True') return 'nothing';
  if (type.endsWith('Scheduled')) return 'maintenance';
  if (isBad) return 'problem';
  return detectorWrites &&
    !type.startsWith('Etcd') &&
    !type.startsWith('Has') &&
    !type.startsWith('Is') &&
    condition.message !== ''
    ? 'problem'
    : 'nothing';
}
