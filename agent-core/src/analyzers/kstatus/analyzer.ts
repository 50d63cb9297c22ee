import type { Because, Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import { formatDuration } from '@autodevops/domain/duration';
import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { controllerEvidence } from '../../evidence/controller-evidence.ts';
import type { ControllerEvidence } from '../../evidence/controller-evidence.ts';
import { finding, fromCondition, fromEvent, fromStatus } from '../../evidence/finding.ts';
import { conditionsOf, customOwnedBy, refToCustom } from '../../reading/platform/custom-objects.ts';
import { controllersNamed } from '../../reading/platform/controller-said.ts';
import { deeperWords } from '../../reading/platform/deeper-words.ts';
import type { DeeperWords } from '../../reading/platform/deeper-words.ts';
import { failedRun } from '../../reading/platform/failed-run.ts';
import { operatorStandsOn } from '../../reading/platform/cluster-operator.ts';
import { distinctBy } from '../../reading/distinct-by.ts';
import { numberAt, textAt } from '../../reading/json-value.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { customNamed, unreachedIn, webhooksNamed } from '../../reading/objects-named.ts';
import { ageOf, isRecent, newestEvents } from '../../reading/recency.ts';
import { referencesIn, siblingsNamedIn } from '../../reading/references-in.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { said } from '../../reading/said.ts';
import { isSuspended } from '../../reading/workloads/suspended.ts';
import type { Analyzer } from '../analyzer.ts';
import { failed, notObserved, notReady, reconcileFailing } from './codes.ts';
import { meaningOf, saysWell } from './condition-meaning.ts';
import type { Meaning } from './condition-meaning.ts';
import { checkFailingEvents } from './failing-events.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** How long a state may last before it counts. */
const patience: Readonly<Record<Meaning, number>> = {
  failed: 2 * minute,
  'not-ready': 3 * minute,
  'under-way': 30 * minute,
  nothing: Infinity,
};

/** Groups with rules of their own. */
const elsewhere = [
  'toolkit.fluxcd.io',
  'cert-manager.io',
  'kamaji.clastix.io',
  'cluster.x-k8s.io',
  'keda.sh',
  'machine.openshift.io',
  'velero.io',
];

const argoKinds = new Set(['Application', 'Rollout', 'AnalysisRun', 'Workflow']);

function isOurs(object: CustomObject): boolean {
  const group = groupOf(object.apiVersion);
  if (group === 'argoproj.io' && argoKinds.has(object.kind)) return false;
  if (group === 'karpenter.sh' && object.kind === 'NodeClaim') return false;
  return group.includes('.') && !elsewhere.some((g) => group === g || group.endsWith(`.${g}`));
}

interface Told {
  readonly condition: Condition;
  readonly meaning: Meaning;
}

/** A run of long ago that failed is history; a thing that should stand and does not is not. */
function counts(snapshot: Snapshot, object: CustomObject, told: Told): boolean {
  const { condition, meaning } = told;
  if (meaning === 'nothing') return false;
  const age = ageOf(
    snapshot,
    condition.lastTransitionTime ?? condition.lastUpdateTime ?? object.metadata.creationTimestamp,
  );
  if (age === undefined || age < patience[meaning]) return false;
  return !((condition.type === 'Failed' || condition.type === 'Failure') && age > day);
}

function because(snapshot: Snapshot, object: CustomObject, said: string): readonly Because[] {
  const { uid } = object.metadata;
  const typed = snapshot.ownedBy(uid).map(({ kind, object: owned }) => refTo(kind, owned));
  const custom = customOwnedBy(snapshot, uid).map(refToCustom);
  return [
    ...customNamed(snapshot, said),
    ...webhooksNamed(snapshot, said),
    ...unreachedIn(snapshot, said, object.metadata.namespace),
    ...referencesIn(object),
    ...siblingsNamedIn(snapshot, object),
    ...typed,
    ...custom,
  ]
    .slice(0, 100)
    .map((ref): Because => ({ object: ref }))
    .concat(operatorStandsOn(snapshot, object, said));
}

const weight: Readonly<Record<Meaning, number>> = { failed: 3, 'not-ready': 2, 'under-way': 1, nothing: 0 };

/** `ClusterIsNotReady: Cluster Is Not Ready` says nothing. */
function isEmptyTalk(reason: string, message: string): boolean {
  const bare = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]/g, '');
  return message === '' || bare(message) === bare(reason);
}

/** What operators say beside their conditions. */
function phaseOf({ status }: CustomObject): readonly string[] {
  const [phase, why] = [textAt(status, 'phase'), textAt(status, 'phaseReason') || textAt(status, 'message')];
  return phase === '' && why === '' ? [] : [[phase, why].filter((part) => part !== '').join(', ')];
}

/** A summary without words stands beside the condition that it sums up: `Degraded` beside `NodeDegraded`. */
function fuller(all: readonly Condition[], told: Condition): Condition {
  if (told.reason !== '' || told.message !== '') return told;
  return (
    all.find((c) => c !== told && c.status === told.status && c.type.endsWith(told.type) && c.message !== '') ?? told
  );
}

/** Sends the reader on: `see connectorStatus for more details`. */
const sendsOn = /\bsee\b.{1,60}\b(?:details?|information|status)\b/i;

/** Where its message says little, what a part of the status says of itself. */
function ofParts({ status }: CustomObject, reason: string, message: string): DeeperWords | undefined {
  return sendsOn.test(message) || isEmptyTalk(reason, message) ? deeperWords(status) : undefined;
}

/** A whole that only names its part (`Ready`: "SecurityGroupsReady=False") says less than the part does. */
function summedUp(told: readonly Told[]): Told | undefined {
  const [first] = told;
  return (
    told.find(
      ({ condition, meaning }) =>
        meaning === first?.meaning &&
        condition !== first.condition &&
        condition.message !== '' &&
        first.condition.message.includes(condition.type),
    ) ?? first
  );
}

/** Whoever looks after objects of this group, as far as its name tells. */
function controllerOf(snapshot: Snapshot, object: CustomObject): ControllerEvidence {
  return controllerEvidence(snapshot, controllersNamed(snapshot, groupOf(object.apiVersion)), refToCustom(object));
}

const sketchy = 80;

/** Some controllers keep the reason for an event, and write into the condition only that there was one. */
function tellingEvent(snapshot: Snapshot, ref: ObjectRef, message: string): ClusterEvent | undefined {
  if (message.length > sketchy) return undefined;
  return newestEvents(snapshot, ref).find(
    (event) => event.type === 'Warning' && isRecent(snapshot, event.last) && event.message.length > message.length,
  );
}

function checkConditions(snapshot: Snapshot, object: CustomObject): Finding[] {
  const conditions = conditionsOf(object);
  const isWell = saysWell(conditions);
  const all = conditions.map((condition) => ({ condition, meaning: meaningOf(condition, isWell) }));
  const told = all.filter((t) => counts(snapshot, object, t)).toSorted((a, b) => weight[b.meaning] - weight[a.meaning]);
  const first = summedUp(told);
  if (first === undefined) return [];
  const { condition, meaning } = first;
  const ref = refToCustom(object);
  const isFailed = meaning === 'failed';
  const how = isFailed
    ? `reports ${condition.type}`
    : `is not ${condition.type === 'Ready' ? 'ready' : condition.type}`;
  const { reason, message } = fuller(conditionsOf(object), condition);
  const event = tellingEvent(snapshot, ref, message);
  const heard = isEmptyTalk(reason, message) && event === undefined ? controllerOf(snapshot, object) : undefined;
  const part = ofParts(object, reason, message);
  const text = [
    reason,
    rootError(message, 300),
    ...(part === undefined ? [] : [rootError(part.text)]),
    ...(event === undefined ? [] : [rootError(event.message)]),
    ...(isEmptyTalk(reason, message) ? phaseOf(object) : []),
    ...(heard === undefined || heard.says === '' ? [] : [`its controller says in its log: ${heard.says}`]),
  ]
    .filter((part) => part !== '')
    .join(': ');
  return [
    finding(isFailed ? failed : notReady, {
      object: ref,
      cause: `${refText(ref)} ${how}${text === '' ? '' : `: ${said(text, 420)}`}.`,
      confidence: meaning === 'under-way' ? 'low' : 'medium',
      since: condition.lastTransitionTime ?? '',
      evidence: distinctBy(
        [...told.map((t) => t.condition).slice(0, 3), fuller(conditionsOf(object), condition)],
        (c) => c.type,
      )
        .map((c) => fromCondition(ref, c))
        .concat(event === undefined ? [] : [fromEvent(event)])
        .concat(part === undefined ? [] : [fromStatus(ref, part.path, part.text)])
        .concat(heard?.evidence ?? []),
      because: [...because(snapshot, object, message), ...(heard?.because ?? [])],
      generic: true,
    }),
  ];
}

const brokenPhases = new Set(['Unavailable', 'Unhealthy', 'Unreachable', 'Faulted', 'Error', 'NotReady', 'Failure']);
/** What has an end is a run, and its failure is history. */
const ends = ['completionTimestamp', 'completionTime', 'completedAt', 'finishedAt', 'endTime'];
const runKinds = /(?:Run|Job|Backup|Restore|Task|Request|Operation)$/;

/** Kinds without conditions say in one word how they are, and some of them in a message why. */
function checkPhase(snapshot: Snapshot, object: CustomObject): Finding[] {
  const { status } = object;
  const phase = textAt(status, 'phase');
  const isRun = runKinds.test(object.kind) || ends.some((key) => textAt(status, key) !== '');
  const age = ageOf(snapshot, lastChange(object));
  if (
    !brokenPhases.has(phase) ||
    conditionsOf(object).length > 0 ||
    isRun ||
    age === undefined ||
    age < patience['not-ready']
  ) {
    return [];
  }
  const ref = refToCustom(object);
  const [message] = [
    textAt(status, 'message'),
    textAt(status, 'phaseReason'),
    textAt(status, 'reason'),
    textAt(status, 'error'),
  ].filter((text) => text !== '');
  const text = message === undefined ? phase : `${phase}: ${said(message, 400)}`;
  const evidence = [
    fromStatus(ref, 'status.phase', phase),
    ...(message === undefined ? [] : [fromStatus(ref, 'status.message', message)]),
  ];
  return [
    finding(notReady, {
      object: ref,
      cause: `${refText(ref)} is ${text}.`,
      confidence: 'medium',
      evidence,
      because: because(snapshot, object, text),
      generic: true,
    }),
  ];
}

/** A run whose operator tells of its end in a state, not in a condition. */
function checkRun(snapshot: Snapshot, object: CustomObject): Finding[] {
  const run = failedRun(snapshot, object);
  if (run === undefined) return [];
  const ref = refToCustom(object);
  return [
    finding(failed, {
      object: ref,
      cause: `${refText(ref)} has failed (${said(run.state, 40)})${run.message === '' ? '' : `: ${said(run.message.replace(/\.\s*$/, ''))}`}.`,
      confidence: 'medium',
      since: run.since,
      evidence: [fromStatus(ref, run.path, run.message === '' ? run.state : `${run.state}: ${run.message}`)],
      because: because(snapshot, object, run.message),
      generic: true,
    }),
  ];
}

function checkObserved(snapshot: Snapshot, object: CustomObject): Finding[] {
  const observed = numberAt(object.status, 'observedGeneration');
  const { generation } = object.metadata;
  const changed = lastChange(object);
  const age = ageOf(snapshot, changed);
  if (
    observed === undefined ||
    generation === undefined ||
    observed >= generation ||
    age === undefined ||
    age < 15 * minute
  ) {
    return [];
  }
  const ref = refToCustom(object);
  const well = conditionsOf(object).some((c) => c.type === 'Ready' && c.status === 'True');
  const heard = controllerOf(snapshot, object);
  return [
    finding(notObserved, {
      object: ref,
      severity: well ? 'info' : 'warning',
      cause: `${refText(ref)} was changed ${formatDuration(age)} ago (generation ${generation}) and its controller has acted on generation ${observed} only${heard.says === '' ? '' : `; it says in its log: ${heard.says}`}.`,
      confidence: well ? 'low' : 'medium',
      since: changed,
      evidence: [
        fromStatus(ref, 'status.observedGeneration', `observedGeneration: ${observed}, generation: ${generation}`),
        ...heard.evidence,
      ],
      because: heard.because,
      generic: true,
    }),
  ];
}

function checkObject(snapshot: Snapshot, object: CustomObject): Finding[] {
  if (object.metadata.deletionTimestamp !== undefined || isSuspended(object)) return [];
  const run = checkRun(snapshot, object);
  if (!isOurs(object)) return run;
  const told =
    run.length > 0
      ? run
      : [
          ...checkConditions(snapshot, object),
          ...checkPhase(snapshot, object),
          ...checkFailingEvents(snapshot, object),
        ];
  return told.length > 0 ? told : checkObserved(snapshot, object);
}

/** Objects of any kind whose controller says in the usual conditions that they do not work. */
export const kstatus: Analyzer = {
  name: 'kstatus',
  codes: [notReady, failed, reconcileFailing, notObserved],
  analyze: (snapshot) => snapshot.custom.flatMap((object) => checkObject(snapshot, object)),
};
