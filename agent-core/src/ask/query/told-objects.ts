import { counted, listed, pluralOf } from '@autodevops/domain/count-words';
import { formatDuration } from '@autodevops/domain/duration';
import { kinds as kindTable } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import { stateOfRef } from '../health/object-state.ts';
import type { AskContext, Reply } from '../intent.ts';
import { scopeWords } from '../scope.ts';
import type { Condition } from './condition.ts';
import type { Subject } from './subject.ts';

const mostRows = 40;

/** Kinds that people call workloads. */
const workloads: ReadonlySet<KindName> = new Set<KindName>(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob']);

/** "3 Pods in namespace shop", "12 workloads": of how many something is told. */
export function nounOf(context: AskContext, kinds: readonly KindName[], count: number): string {
  const [kind = 'Pod', other] = kinds;
  const noun =
    other === undefined
      ? counted(count, kind, pluralOf(kind))
      : counted(count, kinds.every((one) => workloads.has(one)) ? 'workload' : 'object');
  return `${noun}${kindTable[kind].namespaced ? scopeWords(context) : ''}`;
}

/** "not ready, on Node worker-2 and with restarts" */
export function saidOf(conditions: readonly Condition[]): string {
  return listed(
    conditions.map(({ said }) => said),
    8,
  );
}

/** "are running and have a restart count": conditions as what is said of so many objects. */
export function predicateOf(conditions: readonly Condition[], count: number): string {
  const had = conditions.filter(({ said }) => said.startsWith('with '));
  const been = conditions.filter((condition) => !had.includes(condition));
  const are = been.length === 0 ? [] : [`${count === 1 ? 'is' : 'are'} ${saidOf(been)}`];
  const have =
    had.length === 0
      ? []
      : [
          `${count === 1 ? 'has' : 'have'} ${listed(
            had.map(({ said }) => said.slice('with '.length)),
            8,
          )}`,
        ];
  return [...are, ...have].join(' and ');
}

/** `shop/web-1`, or with its kind where several are asked for. */
export function nameOf({ ref }: Subject, kinds: readonly KindName[]): string {
  return kinds.length > 1 ? refText(ref) : [ref.namespace, ref.name].filter((part) => part !== '').join('/');
}

function nodeOf({ snapshot }: AskContext, { ref }: Subject): string {
  return snapshot.get('Pod', ref.namespace, ref.name)?.spec.nodeName ?? '';
}

function ageOf({ snapshot }: AskContext, { metadata }: Subject): string {
  const age = snapshot.now - Date.parse(metadata.creationTimestamp ?? '');
  return Number.isNaN(age) ? '' : formatDuration(age);
}

/** What of each is told besides: how it stands, how old it is, and of pods and nodes what kubectl tells, too. */
const besides: readonly {
  readonly column: string;
  readonly isOf: (kind: KindName) => boolean;
  readonly of: (context: AskContext, subject: Subject) => string;
}[] = [
  { column: 'state', isOf: () => true, of: ({ snapshot }, { ref }) => stateOfRef(snapshot, ref) },
  { column: 'node', isOf: (kind) => kind === 'Pod', of: nodeOf },
  { column: 'age', isOf: () => true, of: ageOf },
  {
    column: 'version',
    isOf: (kind) => kind === 'Node',
    of: ({ snapshot }, { ref }) => snapshot.get('Node', '', ref.name)?.status.nodeInfo.kubeletVersion ?? '',
  },
];

/** The objects as a table: how each stands, and what of it shows that it fits. */
export function objectTable(
  context: AskContext,
  found: readonly Subject[],
  conditions: readonly Pick<Condition, 'shown'>[],
): Pick<Reply, 'table' | 'lines'> {
  if (found.length === 0) return { lines: [] };
  const told = besides.filter(({ isOf }) => found.every(({ kind }) => isOf(kind)));
  const shown = conditions
    .flatMap((condition) => condition.shown ?? [])
    .filter(
      ({ column }, i, all) =>
        all.findIndex((other) => other.column === column) === i && !told.some((other) => other.column === column),
    );
  const columns = ['object', ...told.map(({ column }) => column), ...shown.map(({ column }) => column)];
  const rows = found
    .slice(0, mostRows)
    .map((subject) => [
      refText(subject.ref),
      ...told.map(({ of }) => of(context, subject)),
      ...shown.map(({ of }) => of(subject)),
    ]);
  return {
    table: { columns, rows },
    lines: found.length > mostRows ? [`${found.length - mostRows} more are left out.`] : [],
  };
}
