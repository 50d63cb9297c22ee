import type { Snapshot } from '@autodevops/domain/snapshot';
import { configurationReferences } from '../../reading/pods/configuration/configuration-reference.ts';
import type { ConfigurationReference } from '../../reading/pods/configuration/configuration-reference.ts';
import type { Complaint, StuckPod } from '../../reading/pods/starting/stuck-pod.ts';

/** An object or key that a stuck pod needs and that is not there. */
export interface Lack {
  readonly kind: ConfigurationReference['kind'];
  readonly name: string;
  /** Empty when the object itself is missing. */
  readonly key: string;
  readonly references: readonly ConfigurationReference[];
  /** The kubelet's words about it. */
  readonly complaint: Complaint | undefined;
}

/** The keys of an object that was read with them; undefined when they are not known. */
export function keysOf(
  snapshot: Snapshot,
  kind: ConfigurationReference['kind'],
  namespace: string,
  name: string,
): readonly string[] | undefined {
  if (kind === 'Secret') {
    const keys = snapshot.get('Secret', namespace, name)?.keys;
    // A Secret of which only the name was read shows no keys.
    return keys === undefined || keys.length === 0 ? undefined : keys;
  }
  const map = snapshot.get('ConfigMap', namespace, name);
  return map === undefined ? undefined : [...Object.keys(map.data), ...map.binaryData];
}

function complaintAbout(
  stuck: StuckPod,
  reference: { kind: string; name: string; key: string },
): Complaint | undefined {
  const kind = reference.kind.toLowerCase();
  return stuck.complaints.find(({ message }) => {
    const lower = message.toLowerCase();
    if (reference.key === '') return lower.includes(`${kind} "${reference.name.toLowerCase()}" not found`);
    return message.includes(`key ${reference.key} in`) || message.includes(`key: ${reference.key}`);
  });
}

function lacksKey(snapshot: Snapshot, stuck: StuckPod, reference: ConfigurationReference): boolean {
  if (reference.key === '') return false;
  const keys = keysOf(snapshot, reference.kind, stuck.pod.metadata.namespace, reference.name);
  if (keys !== undefined) return !keys.includes(reference.key);
  return complaintAbout(stuck, reference) !== undefined;
}

/** Put into every namespace by the control plane; what reads a cluster often leaves them out. */
export const published: ReadonlySet<string> = new Set(['kube-root-ca.crt', 'openshift-service-ca.crt']);

/** Volumes are mounted before containers are made, and a container that runs has had what it needs. */
function isStillNeeded(stuck: StuckPod, reference: ConfigurationReference): boolean {
  const hindered = stuck.complaints.some((complaint) => complaint.container !== '');
  if (reference.container === '') return !hindered;
  const { containerStatuses, initContainerStatuses } = stuck.pod.status;
  const status = [...initContainerStatuses, ...containerStatuses].find((s) => s.name === reference.container);
  return status?.state.running === undefined && status?.state.terminated === undefined;
}

function lackOf(snapshot: Snapshot, stuck: StuckPod, reference: ConfigurationReference): 'object' | 'key' | undefined {
  if (reference.optional || !isStillNeeded(stuck, reference)) return undefined;
  const { namespace } = stuck.pod.metadata;
  if (snapshot.get(reference.kind, namespace, reference.name) !== undefined) {
    return lacksKey(snapshot, stuck, reference) ? 'key' : undefined;
  }
  const said = complaintAbout(stuck, { ...reference, key: '' }) !== undefined;
  if (!said && published.has(reference.name)) return undefined;
  if (snapshot.lacks(reference.kind, namespace, reference.name) || said) return 'object';
  return lacksKey(snapshot, stuck, reference) ? 'key' : undefined;
}

const patience = 60_000;

/** What the kubelet misses without a reference to it that is known here (a kind of volume that is not). */
function unreferenced(snapshot: Snapshot, stuck: StuckPod, found: ReadonlyMap<string, Lack>): Lack[] {
  const { namespace } = stuck.pod.metadata;
  return stuck.complaints.flatMap((complaint) =>
    [...complaint.message.matchAll(/\b(configmap|secret) "([^"]{1,253})" not found/gi)].flatMap(
      ([, word = '', name = '']): Lack[] => {
        const kind = word.toLowerCase() === 'secret' ? 'Secret' : 'ConfigMap';
        if (found.has(`${kind}/${name}/`) || snapshot.get(kind, namespace, name) !== undefined) return [];
        if (configurationReferences(stuck.pod).some((r) => r.kind === kind && r.name === name && r.optional)) return [];
        return [{ kind, name, key: '', references: [], complaint }];
      },
    ),
  );
}

/** Everything that a stuck pod lacks, each once. A pod that nobody complains about gets a minute. */
export function lacksOf(snapshot: Snapshot, stuck: StuckPod): readonly Lack[] {
  if (stuck.complaints.length === 0 && stuck.waiting < patience) return [];
  const found = new Map<string, Lack>();
  for (const reference of configurationReferences(stuck.pod)) {
    const what = lackOf(snapshot, stuck, reference);
    if (what === undefined) continue;
    const { kind, name } = reference;
    const key = what === 'key' ? reference.key : '';
    const id = `${kind}/${name}/${key}`;
    const held = found.get(id);
    const references = [...(held?.references ?? []), reference];
    found.set(id, {
      kind,
      name,
      key,
      references,
      complaint: held?.complaint ?? complaintAbout(stuck, { kind, name, key }),
    });
  }
  const others = new Map(unreferenced(snapshot, stuck, found).map((lack) => [`${lack.kind}/${lack.name}`, lack]));
  return [...found.values(), ...others.values()];
}
