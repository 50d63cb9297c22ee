import type { Cause, Diagnosis, Evidence, Symptom } from '@autodevops/domain/diagnosis';
import { refKey, refText } from '@autodevops/domain/object-ref';
import { oneLine, printable } from '@autodevops/domain/printable';
import type { Icon } from '../contributions/icons.ts';
import type { ItemKind } from '../contributions/item-kinds.ts';
import { beginningText } from '../language/beginning-text.ts';
import { failureText } from '../language/failure-text.ts';
import { remedyInEditor } from '../language/remedy-in-editor.ts';
import { t } from '../language/translate.ts';
import type { Settings } from '../settings/settings.ts';
import { staleMessage } from '../tree/failure-message.ts';
import type { TreeNode, Tint } from '../tree/node.ts';
import type { ObjectName } from '../tree/subject.ts';
import type { ProblemsState } from './problems-feed.ts';

export type Grouping = Settings['problems.group'];

const longestLabel = 160;
/** So many items of one group are shown at once; the rest when they are asked for. */
const page = 200;

const looks: Readonly<Record<Cause['severity'], { readonly icon: Icon; readonly tint: Tint }>> = {
  critical: { icon: 'error', tint: 'error' },
  warning: { icon: 'warning', tint: 'warning' },
  info: { icon: 'info', tint: 'information' },
};

function nameOf({ kind, namespace, name }: ObjectName): ObjectName {
  return { kind, namespace, name };
}

function objectKinds({ kind }: ObjectName): readonly ItemKind[] {
  return kind === 'Pod' || kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet' || kind === 'Job'
    ? ['object', 'pod']
    : ['object'];
}

/** Whether Scarlet could do something about it. */
export function isFixable({ changes }: Pick<Cause, 'changes'>): boolean {
  return changes.some(({ action }) => action !== 'manual');
}

function fact(id: string, label: string, icon: Icon): TreeNode {
  return { id, label: oneLine(label, longestLabel), tooltip: [printable(label)], icon, tint: 'quiet', kinds: [] };
}

function quotation(id: string, { quote, object, time, source }: Evidence): TreeNode {
  return {
    id,
    label: oneLine(quote, longestLabel),
    description: `${source}, ${oneLine(refText(object), 100)}`,
    tooltip: [printable(quote), [printable(refText(object)), source, time].filter((one) => one !== '').join(' · ')],
    icon: 'quote',
    kinds: objectKinds(object),
    subject: { type: 'object', object: nameOf(object) },
  };
}

function symptomNode(id: string, { code, object }: Symptom): TreeNode {
  return {
    id,
    label: oneLine(refText(object), longestLabel),
    description: code,
    icon: 'target',
    kinds: objectKinds(object),
    subject: { type: 'object', object: nameOf(object) },
  };
}

function symptomsNode(id: string, symptoms: readonly Symptom[]): readonly TreeNode[] {
  if (symptoms.length === 0) return [];
  return [
    {
      id: `${id}/symptoms`,
      label: t('{0} symptoms', symptoms.length),
      icon: 'list-tree',
      kinds: [],
      children: () =>
        paged(
          `${id}/symptoms`,
          symptoms.map((symptom, index) => symptomNode(`${id}/symptoms/${index}`, symptom)),
        ),
    },
  ];
}

function causeParts(id: string, cause: Cause): readonly TreeNode[] {
  return [
    fact(`${id}/cause`, cause.cause, looks[cause.severity].icon),
    ...(cause.impact === '' ? [] : [fact(`${id}/impact`, cause.impact, 'megaphone')]),
    ...(cause.began === '' ? [] : [fact(`${id}/began`, beginningText(cause), 'history')]),
    ...cause.evidence.map((evidence, index) => quotation(`${id}/evidence/${index}`, evidence)),
    ...symptomsNode(id, cause.symptoms),
    ...cause.nextSteps.map((step, index) => fact(`${id}/step/${index}`, step, 'wrench')),
    ...cause.avoid.map((step, index) => fact(`${id}/avoid/${index}`, t('Do not: {0}', step), 'circle-slash')),
  ];
}

/** The object first: in a narrow sidebar the end of a line is not seen. What kind it is says the cause. */
function nameIn(grouping: Grouping, { kind, namespace, name }: ObjectName): string {
  if (namespace === '') return `${kind} ${name}`;
  return grouping === 'namespace' ? name : `${namespace}/${name}`;
}

function causeNode(cause: Cause, room: string, grouping: Grouping = 'severity'): TreeNode {
  const { code, object, severity } = cause;
  const id = `${room}/${code}/${refKey(object)}`;
  const what = oneLine(refText(object), 120);
  return {
    id,
    label: oneLine(nameIn(grouping, object), 120),
    description: oneLine(cause.title, longestLabel),
    ...looks[severity],
    tooltip: [
      what,
      printable(cause.cause),
      ...(cause.impact === '' ? [] : [printable(cause.impact)]),
      ...(cause.since === '' ? [] : [t('Since {0}', cause.since)]),
      code,
    ],
    spoken: t('{0}: {1}, {2}', severity, oneLine(cause.cause, longestLabel), what),
    kinds: ['cause', ...objectKinds(object), ...(isFixable(cause) ? (['fixable'] as const) : [])],
    subject: { type: 'cause', code, object: nameOf(object) },
    opens: 'autodevops.showCause',
    children: () => causeParts(id, cause),
  };
}

/** The first of many, and an item that holds the others. */
function paged(id: string, nodes: readonly TreeNode[]): readonly TreeNode[] {
  if (nodes.length <= page) return nodes;
  const rest = nodes.slice(page);
  return [
    ...nodes.slice(0, page),
    {
      id: `${id}/more/${rest.length}`,
      label: t('{0} more', rest.length),
      icon: 'list-tree',
      tint: 'quiet',
      kinds: [],
      children: () => paged(`${id}/more`, rest),
    },
  ];
}

function group(
  id: string,
  label: string,
  nodes: readonly TreeNode[],
  { icon, tint, expanded }: { readonly icon: Icon; readonly tint?: Tint; readonly expanded: boolean },
): readonly TreeNode[] {
  if (nodes.length === 0) return [];
  return [
    {
      id,
      label,
      description: String(nodes.length),
      icon,
      kinds: [],
      expanded,
      ...(tint === undefined ? {} : { tint }),
      children: () => paged(id, nodes),
    },
  ];
}

function bySeverity(causes: readonly Cause[]): readonly TreeNode[] {
  const of = (severity: Cause['severity']): readonly TreeNode[] =>
    causes.filter((cause) => cause.severity === severity).map((cause) => causeNode(cause, 'cause'));
  return [
    ...group('severity/critical', t('Critical'), of('critical'), { ...looks.critical, expanded: true }),
    ...group('severity/warning', t('Warnings'), of('warning'), { ...looks.warning, expanded: true }),
    ...group('severity/info', t('Worth knowing'), of('info'), { ...looks.info, expanded: false }),
  ];
}

function byNamespace(causes: readonly Cause[]): readonly TreeNode[] {
  const names = [...new Set(causes.map(({ object }) => object.namespace))].toSorted();
  return names.flatMap((name) => {
    const own = causes
      .filter(({ object }) => object.namespace === name)
      .map((cause) => causeNode(cause, 'cause', 'namespace'));
    return group(`namespace/${name}`, name === '' ? t('The cluster itself') : oneLine(name, longestLabel), own, {
      icon: name === '' ? 'server' : 'folder',
      expanded: true,
    });
  });
}

function belowTheLine({ information, suppressed, blindSpots }: Diagnosis): readonly TreeNode[] {
  const spots = blindSpots.map((spot, index): TreeNode => ({
    id: `blind/${index}`,
    label: oneLine(spot.what, longestLabel),
    description: oneLine(spot.why, 200),
    tooltip: [printable(spot.what), printable(spot.why), printable(remedyInEditor(spot))],
    icon: 'circle-slash',
    tint: 'quiet',
    kinds: [],
  }));
  return [
    ...group(
      'information',
      t('Information'),
      information.map((cause) => causeNode(cause, 'information')),
      { icon: 'info', tint: 'quiet', expanded: false },
    ),
    ...group(
      'suppressed',
      t('Suppressed'),
      suppressed.map((cause) => ({
        ...causeNode(cause, 'suppressed'),
        description: oneLine(`${cause.title}: ${cause.suppression.reason}`, 200),
      })),
      { icon: 'eye', tint: 'quiet', expanded: false },
    ),
    ...group('blind', t('Not seen'), spots, { icon: 'circle-slash', tint: 'warning', expanded: false }),
  ];
}

const groupings: Readonly<Record<Grouping, (causes: readonly Cause[]) => readonly TreeNode[]>> = {
  severity: bySeverity,
  namespace: byNamespace,
  none: (causes) =>
    paged(
      'causes',
      causes.map((cause) => causeNode(cause, 'cause')),
    ),
};

/** What the view *Problems of the Cluster* shows. */
export function problemNodes(state: ProblemsState, grouping: Grouping): readonly TreeNode[] {
  if (state.kind === 'failed' || state.kind === 'unasked') return [];
  if (state.kind === 'looking') return [{ id: 'looking', label: t('Looking …'), icon: 'loading~spin', kinds: [] }];
  const { diagnosis } = state;
  return [...groupings[grouping](diagnosis.causes), ...belowTheLine(diagnosis)];
}

/** What was not seen belongs to the verdict, which is not about that. Why stands in the tree, which needs the room. */
function verdictMessage({ summary, blindSpots: [first, ...more] }: Diagnosis): string {
  if (first === undefined) return printable(summary);
  const unseen = oneLine(first.what, 120);
  return `${printable(summary)} ${more.length === 0 ? t('Not seen: {0}', unseen) : t('Not seen: {0}, and {1} more', unseen, more.length)}`;
}

/** Over the tree: the verdict, or why there is none or none that is current. */
export function problemMessage(state: ProblemsState): string | undefined {
  if (state.kind === 'failed') return failureText(state.error);
  if (!('diagnosis' in state)) return undefined;
  const verdict = verdictMessage(state.diagnosis);
  return state.kind === 'stale' ? `${staleMessage(state.error)} ${verdict}` : verdict;
}
