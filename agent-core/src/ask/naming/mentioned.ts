import { kindNames } from '@autodevops/domain/kubernetes/kinds';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { AskContext } from '../intent.ts';
import { kindFromWords } from './phrase.ts';

const uninteresting = new Set<string>([
  'Event',
  'Lease',
  'EndpointSlice',
  'Endpoints',
  'ControllerRevision',
  'ReplicaSet',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ServiceAccount',
  'CustomResourceDefinition',
  'Namespace',
  'CSINode',
]);
const workloads = new Set<string>(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob']);
const most = 5;

/** Objects whose whole name is a word of the text (names of one or two letters say too little); workloads before what stands around them. */
export function mentioned({ snapshot, namespace }: AskContext, text: string): readonly ObjectRef[] {
  const written = text
    .split(/[\s,;:()]+/)
    .map((word) => word.split('/'))
    .map((parts) => ({ name: parts.at(-1) ?? '', before: parts.at(-2) }))
    .filter(({ name }) => name.length > 2);
  const isMeant = ({
    metadata,
  }: {
    readonly metadata: { readonly name: string; readonly namespace: string };
  }): boolean =>
    written.some(
      ({ name, before }) =>
        name === metadata.name &&
        (before === undefined || before === metadata.namespace || kindFromWords(before) !== undefined),
    );
  const found = kindNames
    .filter((kind) => !uninteresting.has(kind))
    .flatMap((kind) =>
      snapshot
        .list(kind)
        .filter(isMeant)
        .map((o) => refTo(kind, o)),
    )
    .filter((ref) => namespace === undefined || ref.namespace === namespace || ref.namespace === '');
  const first = found.filter(({ kind }) => workloads.has(kind));
  const named = new Set(first.map(({ name }) => name));
  return [...first, ...found.filter(({ kind, name }) => !workloads.has(kind) && !named.has(name))].slice(0, most);
}
