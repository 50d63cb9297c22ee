import type { Cause, Evidence } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { printable } from '@autodevops/domain/printable';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { catalogue } from '../../analyzers/catalogue.ts';
import { measuredAround } from '../../evidence/measured-around.ts';
import { saidByServer } from '../../evidence/said-by-server.ts';
import { distinctBy } from '../../reading/distinct-by.ts';
import { workloadRef } from '../../reading/measures/labelled-object.ts';
import { nameList } from '../../reading/name-list.ts';
import { beginningOf } from '../../timeline/beginning.ts';
import type { Beginning } from '../../timeline/beginning.ts';
import { confidenceRank } from './cause-group.ts';
import type { CauseGroup } from './cause-group.ts';
import type { Explained } from './explanation.ts';
import { isFoundation, severityOf } from './harm.ts';
import { impactOf } from './impact.ts';
import type { Impact } from './impact.ts';
import type { Ranked } from './ranking.ts';
import { alikeIn } from './shared-cause.ts';
import { staticPodStep } from '../telling/static-pod-step.ts';
import { stepText } from '../telling/step-text.ts';
import { undoFits, undoOfBeginning, withWayBack } from '../telling/way-back.ts';

const mostEvidence = 6;

function evidenceOf(findings: readonly Finding[]): Evidence[] {
  const all = findings.flatMap((finding) => finding.evidence);
  return distinctBy(all, (e) => `${e.source}|${e.path ?? ''}|${e.quote}`).slice(0, mostEvidence);
}

function symptomsOf(explained: Explained): Cause['symptoms'] {
  const { root, symptoms } = explained;
  const pods = root.findings.filter((f) => refKey(f.object) !== refKey(root.object));
  const own = pods.map((f) => ({ code: f.code, object: f.object }));
  const restates = (group: CauseGroup): boolean =>
    refKey(group.object) === refKey(root.object) && group.findings[0]?.code === root.findings[0]?.code;
  const others = symptoms.flatMap((group) => [
    ...(restates(group) ? [] : [{ code: group.findings[0]?.code ?? '', object: group.object }]),
    ...group.findings
      .filter((f) => refKey(f.object) !== refKey(group.object))
      .map((f) => ({ code: f.code, object: f.object })),
  ]);
  const listed = distinctBy([...own, ...others], (s) => `${s.code}|${refKey(s.object)}`);
  return listed.toSorted((a, b) => refKey(a.object).localeCompare(refKey(b.object)) || a.code.localeCompare(b.code));
}

function earliest(findings: readonly Finding[]): string {
  return (
    findings
      .map((f) => f.since)
      .filter((s) => s !== '')
      .toSorted()[0] ?? ''
  );
}

const standingNotes = {
  current: '',
  recovered: ' (recovered)',
  progressing: ' (in progress)',
  expected: ' (by design)',
};

function title(finding: Finding): string {
  return (catalogue.get(finding.code)?.title ?? finding.code) + standingNotes[finding.standing];
}

/** The cause's own proposals, those of what only restates it (the undo of a rollout that is stuck on it), and the undo of what it began with. */
function changesOf(
  snapshot: Snapshot,
  { root, symptoms }: Explained,
  beginning: Beginning | undefined,
): Cause['changes'] {
  const restated = symptoms.filter((group) => refKey(group.object) === refKey(root.object));
  const own = [root, ...restated].flatMap((group) => group.findings.flatMap((f) => f.changes));
  const fits = undoFits(snapshot, { root, symptoms }, beginning);
  const all = [
    ...own.filter((c) => fits || c.action !== 'rollout-undo'),
    ...undoOfBeginning(snapshot, root.findings[0]?.code ?? '', beginning),
  ];
  return distinctBy(all, (c) => `${c.action}|${refKey(c.target)}|${JSON.stringify(c.params)}`).slice(0, 3);
}

/** What the speaker advises, and the way back in words. */
function stepsOf(
  snapshot: Snapshot,
  speaker: Finding,
  said: { object: ObjectRef; changes: Cause['changes']; isDown: boolean },
): string[] {
  const onMachine = staticPodStep(snapshot, speaker, said.object);
  const told = speaker.nextSteps.map((step) => stepText(step, speaker, said.object));
  const { changes, isDown } = said;
  return withWayBack(snapshot, onMachine === undefined ? told : [onMachine, ...told], {
    changes,
    isDown,
    isSignal: speaker.code.startsWith('signal.'),
  });
}

const workloads = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod', 'ReplicaSet']);

/** The speaker's sentence, and how many other workloads (or objects) the same thing troubles. */
function sentenceOf(explained: Explained, speaker: Finding): string {
  const alike = alikeIn(explained);
  const { size } = new Set(alike.map((group) => refKey(group.object)));
  if (size === 0) return speaker.cause;
  const others = [...new Set(alike.map((group) => group.object.namespace))]
    .filter((name) => name !== explained.root.object.namespace)
    .toSorted();
  const where = others.length === 0 ? '' : `, also in namespace ${nameList(others.map((name) => printable(name)))}`;
  const noun = workloads.has(explained.root.object.kind) ? 'workload' : 'object';
  return `${speaker.cause.replace(/\.$/, '')}; ${size} more ${noun}${size === 1 ? ' has' : 's have'} the same trouble${where}.`;
}

/** A cause as the contract has it; `rank` is set by ranking. */
export function causeFrom(snapshot: Snapshot, explained: Explained): Ranked {
  const { root, symptoms } = explained;
  const speaker = root.findings[0];
  if (speaker === undefined) throw new Error('a group without findings');
  const current = speaker.standing === 'current';
  const listed = symptomsOf(explained);
  const affected: ObjectRef[] = [root.object, ...root.findings.map((f) => f.object), ...listed.map((s) => s.object)];
  const impact: Impact = current ? impactOf(snapshot, affected) : { sentence: '', weight: 0 };
  const severity = current ? severityOf(snapshot, explained, impact.weight) : 'info';
  const since = earliest(root.findings);
  const beginning = current ? beginningOf(snapshot, root.object, since) : undefined;
  const changes = changesOf(snapshot, explained, beginning);
  const server = current ? saidByServer(snapshot, root.object, root.findings) : undefined;
  const cause: Cause = {
    rank: 1,
    code: speaker.code,
    title: title(speaker),
    severity,
    confidence:
      root.findings.map((f) => f.confidence).toSorted((a, b) => confidenceRank(b) - confidenceRank(a))[0] ?? 'low',
    object: root.object,
    cause: `${sentenceOf(explained, speaker)}${server?.sentence ?? ''}`,
    since,
    began: beginning?.sentence ?? '',
    ...(beginning === undefined ? {} : { beganAt: beginning.time }),
    impact: impact.inFull === true && severity === 'critical' ? '' : impact.sentence,
    evidence: [
      ...evidenceOf(root.findings),
      ...(server?.evidence ?? []),
      ...(beginning?.evidence ?? []),
      ...(current ? measuredAround(snapshot, speaker.code, workloadRef(snapshot, root.object), since) : []),
    ],
    symptoms: listed,
    nextSteps: [
      ...(server?.steps ?? []),
      ...stepsOf(snapshot, speaker, { object: root.object, changes, isDown: impact.weight >= 2 }),
    ],
    avoid: [...speaker.avoid],
    changes,
  };
  return {
    cause,
    impactWeight: impact.weight,
    generic: root.findings.every((f) => f.generic),
    foundation: [root, ...symptoms].some(isFoundation),
  };
}
