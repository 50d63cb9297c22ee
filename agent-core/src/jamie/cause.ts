import type { Cause, Evidence, Severity } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { catalogue } from '../analyzers/catalogue.ts';
import { distinctBy } from '../reading/distinct-by.ts';
import { beginningOf } from '../timeline/beginning.ts';
import { confidenceRank, severityRank } from './cause-group.ts';
import type { CauseGroup } from './cause-group.ts';
import type { Explained } from './explanation.ts';
import { impactOf } from './impact.ts';
import type { Ranked } from './ranking.ts';
import { alikeIn } from './shared-cause.ts';

const mostEvidence = 6;

function evidenceOf(findings: readonly Finding[]): Evidence[] {
  const all = findings.flatMap((finding) => finding.evidence);
  return distinctBy(all, (e) => `${e.source}|${e.path ?? ''}|${e.quote}`).slice(0, mostEvidence);
}

function symptomsOf(explained: Explained): Cause['symptoms'] {
  const { root, symptoms } = explained;
  const pods = root.findings.filter((f) => refKey(f.object) !== refKey(root.object));
  const own = pods.map((f) => ({ code: f.code, object: f.object }));
  const others = symptoms.flatMap((group) => [
    { code: group.findings[0]?.code ?? '', object: group.object },
    ...group.findings.filter((f) => refKey(f.object) !== refKey(group.object)).map((f) => ({ code: f.code, object: f.object })),
  ]);
  const listed = distinctBy([...own, ...others], (s) => `${s.code}|${refKey(s.object)}`);
  return listed.toSorted((a, b) => refKey(a.object).localeCompare(refKey(b.object)) || a.code.localeCompare(b.code));
}

function earliest(findings: readonly Finding[]): string {
  return findings.map((f) => f.since).filter((s) => s !== '').toSorted()[0] ?? '';
}

function gravest(groups: readonly CauseGroup[]): Severity {
  const severities = groups.flatMap((g) => g.findings.map((f) => f.severity));
  return severities.toSorted((a, b) => severityRank(b) - severityRank(a))[0] ?? 'info';
}

const standingNotes = { current: '', recovered: ' (recovered)', progressing: ' (in progress)', expected: ' (by design)' };

function title(finding: Finding): string {
  return (catalogue.get(finding.code)?.title ?? finding.code) + standingNotes[finding.standing];
}

/** The cause's own proposals, then those of what only restates it (the undo of a rollout that is stuck on it). */
function changesOf({ root, symptoms }: Explained): Cause['changes'] {
  const restated = symptoms.filter((group) => refKey(group.object) === refKey(root.object));
  return [root, ...restated].flatMap((group) => group.findings.flatMap((f) => f.changes));
}

/** The speaker's sentence, and how many other workloads the same thing troubles. */
function sentenceOf(explained: Explained, speaker: Finding): string {
  const { size } = new Set(alikeIn(explained).map((group) => refKey(group.object)));
  if (size === 0) return speaker.cause;
  return `${speaker.cause.replace(/\.$/, '')}; ${size} more ${size === 1 ? 'workload has' : 'workloads have'} the same trouble.`;
}

/** A node, the control plane or the cluster's DNS: everything stands on it, so what breaks it does too. */
function isFoundation({ findings: [speaker] }: CauseGroup): boolean {
  const chapter = speaker === undefined ? undefined : catalogue.get(speaker.code)?.group;
  return chapter === 'node' || chapter === 'control-plane' || (speaker?.code.startsWith('dns.') ?? false);
}

/** A cause as the contract has it; `rank` is set by ranking. */
export function causeFrom(snapshot: Snapshot, explained: Explained): Ranked {
  const { root, symptoms } = explained;
  const speaker = root.findings[0];
  if (speaker === undefined) throw new Error('a group without findings');
  const current = speaker.standing === 'current';
  const listed = symptomsOf(explained);
  const affected: ObjectRef[] = [root.object, ...root.findings.map((f) => f.object), ...listed.map((s) => s.object)];
  const impact = current ? impactOf(snapshot, affected) : { sentence: '', weight: 0 as const };
  const since = earliest(root.findings);
  const beginning = current ? beginningOf(snapshot, root.object, since) : undefined;
  const cause: Cause = {
    rank: 1,
    code: speaker.code,
    title: title(speaker),
    severity: current ? gravest([root, ...symptoms]) : 'info',
    confidence: root.findings.map((f) => f.confidence).toSorted((a, b) => confidenceRank(b) - confidenceRank(a))[0] ?? 'low',
    object: root.object,
    cause: sentenceOf(explained, speaker),
    since,
    began: beginning?.sentence ?? '',
    impact: impact.sentence,
    evidence: [...evidenceOf(root.findings), ...(beginning?.evidence ?? [])],
    symptoms: listed,
    nextSteps: [...speaker.nextSteps],
    avoid: [...speaker.avoid],
    changes: distinctBy(changesOf(explained), (c) => `${c.action}|${refKey(c.target)}|${JSON.stringify(c.params)}`).slice(0, 3),
  };
  return {
    cause,
    impactWeight: impact.weight,
    generic: root.findings.every((f) => f.generic),
    foundation: [root, ...symptoms].some(isFoundation),
  };
}
