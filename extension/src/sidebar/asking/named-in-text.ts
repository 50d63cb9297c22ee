import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { refKey } from '@autodevops/domain/object-ref';
import { objectsOf } from '../../commands/choose-object.ts';
import { objectsInManifest } from '../../commands/diagnosing.ts';
import type { ObjectName } from '../../tree/subject.ts';

const most = 50;
/** A text is looked at as far as this, in characters. */
const longest = 200_000;
const word = /[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?/g;
const written =
  /(?<![\w/.-])(?<kind>pod|deployment|statefulset|daemonset|replicaset|job|cronjob|service|node|configmap|secret|ingress|persistentvolumeclaim)s?(?:\.[a-z.]+)?\/(?<name>[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)/gi;

const kinds = [
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Service',
  'Node',
  'ConfigMap',
  'Secret',
  'Ingress',
  'PersistentVolumeClaim',
];
const withoutNamespace = ['Node', 'Namespace', 'PersistentVolume'];

function manifestObjects(text: string): readonly ObjectName[] {
  try {
    return objectsInManifest(text);
  } catch {
    // A log, a page of a terminal: no YAML.
    return [];
  }
}

function writtenObjects(text: string): readonly ObjectName[] {
  return [...text.matchAll(written)].map(({ groups }) => ({
    kind: kinds.find((one) => one.toLowerCase() === groups?.['kind']?.toLowerCase()) ?? '',
    namespace: '',
    name: groups?.['name'] ?? '',
  }));
}

/** Objects that the diagnosis speaks of and whose name is a word of the text. */
function spokenOf(text: string, diagnosis: Diagnosis | undefined): readonly ObjectName[] {
  if (diagnosis === undefined) return [];
  const words = new Set(text.match(word) ?? []);
  // Names of one or two letters are words of any log.
  return objectsOf(diagnosis).filter(({ name }) => name.length > 2 && words.has(name));
}

/** The objects of the cluster that a manifest describes or a text names, each once; `fallback` is the namespace of those that name none. */
export function objectsNamedIn(
  text: string,
  diagnosis: Diagnosis | undefined,
  fallback: string,
): readonly ObjectName[] {
  const read = text.slice(0, longest);
  const described = manifestObjects(read);
  const found = described.length > 0 ? described : [...spokenOf(read, diagnosis), ...writtenObjects(read)];
  const placed = found.map((object) =>
    object.namespace !== '' || withoutNamespace.includes(object.kind) ? object : { ...object, namespace: fallback },
  );
  return [...new Map(placed.map((object) => [refKey(object), object])).values()].slice(0, most);
}
