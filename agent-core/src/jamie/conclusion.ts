import type { BlindSpot, Cause, Diagnosis, Verdict } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import { isKindName, kindNames } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { Suppression } from '@autodevops/domain/suppression';
import { catalogue } from '../analyzers/catalogue.ts';
import { atOnce } from '../reading/at-once.ts';
import type { Steps } from '../reading/at-once.ts';
import { nearMatches } from '../reading/near-match.ts';
import { matchesLabels } from '../reading/selector.ts';
import { causeFrom } from './causes/cause.ts';
import { groupFindings, severityRank } from './causes/cause-group.ts';
import type { CauseGroup } from './causes/cause-group.ts';
import type { DiagnoseOptions } from './diagnose-options.ts';
import type { Looked } from './looked.ts';
import { explainInSteps } from './causes/explanation.ts';
import { concerns, focusObjects, neighbourhood } from './causes/focus.ts';
import { rank } from './causes/ranking.ts';
import type { Ranked } from './causes/ranking.ts';
import { tellSharedOnce } from './causes/shared-cause.ts';
import { suppressionOf } from './causes/suppression.ts';
import { underExperiment } from './causes/under-experiment.ts';
import { lowerUnfeltUse } from './causes/unfelt-use.ts';

type Settings = DiagnoseOptions & { readonly source?: string; readonly milliseconds?: number };

const mostInformation = 25;

/** In a namespace that is being deleted everything ends: only what holds up the deletion is worth a word. */
function withoutEnding(snapshot: Snapshot, findings: readonly Finding[]): readonly Finding[] {
  const ending = new Set(
    snapshot
      .list('Namespace')
      .filter((n) => n.metadata.deletionTimestamp !== undefined || n.status.phase === 'Terminating')
      .map((n) => n.metadata.name),
  );
  if (ending.size === 0) return findings;
  return findings.filter((f) => !ending.has(f.object.namespace) || catalogue.get(f.code)?.group === 'life-cycle');
}

interface Told {
  readonly suppressions?: readonly Suppression[];
  readonly namespaces?: readonly string[];
}

/** Every cause, ranked, from the findings: those that stand now explain one another, the rest stand alone. */
export function causesOf(snapshot: Snapshot, all: readonly Finding[], told: Told = {}): readonly Cause[] {
  return atOnce(causesInSteps(snapshot, all, told));
}

function* causesInSteps(
  snapshot: Snapshot,
  all: readonly Finding[],
  { suppressions = [], namespaces = [] }: Told,
): Steps<readonly Cause[]> {
  const findings = underExperiment(snapshot, withoutEnding(snapshot, all));
  const explains = (f: Finding): boolean => f.standing === 'current' && !f.code.startsWith('hygiene.');
  const suppressed = ({ object, findings: [speaker] }: CauseGroup): boolean =>
    suppressionOf({ code: speaker?.code ?? '', object }, snapshot, suppressions) !== undefined;
  const asked = ({ object }: CauseGroup): boolean => namespaces.includes(object.namespace);
  const groups = groupFindings(snapshot, findings.filter(explains));
  yield;
  const current = lowerUnfeltUse(tellSharedOnce(yield* explainInSteps(snapshot, groups), { apart: suppressed, asked }));
  const alone = groupFindings(
    snapshot,
    findings.filter((f) => !explains(f)),
  ).map((root) => ({ root, symptoms: [] }));
  const ranked: Ranked[] = [];
  for (const explained of [...current, ...alone]) {
    yield;
    ranked.push(causeFrom(snapshot, explained));
  }
  return rank(snapshot, ranked);
}

function labelled(snapshot: Snapshot, labels: Readonly<Record<string, string>>): readonly ObjectRef[] {
  return kindNames.flatMap((kind) =>
    snapshot
      .list(kind)
      .filter((o) => matchesLabels(labels, o.metadata.labels))
      .map((o) => refTo(kind, o)),
  );
}

function scopeFilter(snapshot: Snapshot, settings: Settings): (cause: Cause) => boolean {
  const { focus, labels, namespaces } = settings;
  if (focus !== undefined && focus.length > 0) {
    const keys = neighbourhood(
      snapshot,
      focus.flatMap((f) => focusObjects(snapshot, f)),
    );
    return (cause) => concerns(cause, keys);
  }
  if (labels !== undefined) {
    const keys = neighbourhood(snapshot, labelled(snapshot, labels));
    return (cause) => concerns(cause, keys);
  }
  if (namespaces === undefined) return () => true;
  const inside = (ref: ObjectRef): boolean =>
    namespaces.includes(ref.namespace) || (ref.kind === 'Namespace' && namespaces.includes(ref.name));
  return (cause) => inside(cause.object) || cause.symptoms.some((s) => inside(s.object));
}

function wanted(snapshot: Snapshot, settings: Settings): (cause: Cause) => boolean {
  const from = settings.beganWithin === undefined ? undefined : snapshot.now - settings.beganWithin;
  const least = severityRank(settings.minSeverity ?? 'info');
  return (cause) => {
    if (severityRank(cause.severity) < least) return false;
    const began = Date.parse(cause.since);
    return from === undefined || Number.isNaN(began) || began >= from;
  };
}

function existing(ref: ObjectRef, snapshot: Snapshot): boolean {
  return !isKindName(ref.kind) || snapshot.get(ref.kind, ref.namespace, ref.name) !== undefined;
}

function scopeBlindSpots(snapshot: Snapshot, settings: Settings): readonly BlindSpot[] {
  const spots: BlindSpot[] = [];
  for (const name of settings.namespaces ?? []) {
    if (
      snapshot.saw('Namespace') &&
      !existing({ apiVersion: 'v1', kind: 'Namespace', namespace: '', name, uid: '' }, snapshot)
    ) {
      const near = nearMatches(
        name,
        snapshot.list('Namespace').map((n) => n.metadata.name),
      );
      const remedy =
        near.length === 0 ? 'Check the name given with -n.' : `Did you mean ${near.map((n) => `"${n}"`).join(', ')}?`;
      spots.push({ what: `namespace ${name}`, why: 'There is no namespace of that name.', remedy });
    }
  }
  return spots;
}

function isBlind(snapshot: Snapshot, settings: Settings, looked: Looked): boolean {
  if (looked.blindSpots.length > 0 || (snapshot.parts.failed ?? []).length > 0) return true;
  if (scopeBlindSpots(snapshot, settings).length > 0) return true;
  const pods =
    settings.namespaces === undefined
      ? [snapshot.coverage('Pod')]
      : settings.namespaces.map((n) => snapshot.coverage('Pod', n));
  return pods.some((coverage) => coverage !== 'full');
}

function number(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `leftOut`: problems that are older or less grave than was asked for. */
function summarise(verdict: Verdict, causes: readonly Cause[], snapshot: Snapshot, leftOut: number): string {
  const pods = snapshot.list('Pod').length;
  const first = causes[0];
  if (first !== undefined) {
    const rest = causes.length === 1 ? '' : `, and ${number(causes.length - 1, 'more cause')}`;
    return `${first.title}: ${refText(first.object)}${rest}.`;
  }
  if (leftOut > 0) {
    return `Nothing is as recent and as grave as was asked for; ${number(leftOut, 'other problem is', 'other problems are')} left out.`;
  }
  if (verdict === 'inconclusive') return 'Nothing wrong was seen, but not everything could be looked at.';
  return pods === 0 ? 'Nothing is wrong, and nothing runs here.' : `Nothing is wrong among ${number(pods, 'pod')}.`;
}

function countsOf(snapshot: Snapshot): Record<string, number> {
  const counts: Partial<Record<KindName, number>> = {};
  for (const [kind, count] of snapshot.counts()) if (count > 0) counts[kind] = count;
  return { ...counts, ...(snapshot.custom.length > 0 ? { other: snapshot.custom.length } : {}) } as Record<
    string,
    number
  >;
}

function observed(snapshot: Snapshot, settings: Settings): Diagnosis['observed'] {
  const { parts } = snapshot;
  return {
    cluster: parts.cluster ?? '',
    capturedAt: parts.capturedAt,
    source: settings.source ?? parts.cluster ?? '',
    serverVersion: parts.serverVersion ?? '',
    namespaces: [...(settings.namespaces ?? parts.namespaces ?? [])],
    objects: countsOf(snapshot),
    logs: (parts.logs ?? []).length,
    milliseconds: Math.round((settings.milliseconds ?? 0) * 10) / 10,
  };
}

/** The answer: which causes stand, what is only information, what is suppressed, and what could not be seen. */
export function conclude(snapshot: Snapshot, looked: Looked, settings: Settings): Diagnosis {
  return atOnce(concludeInSteps(snapshot, looked, settings));
}

/** As `conclude`, for a cluster in which so much is wrong that others should be let in meanwhile. */
export function* concludeInSteps(snapshot: Snapshot, looked: Looked, settings: Settings): Steps<Diagnosis> {
  const all = yield* causesInSteps(snapshot, looked.findings, settings);
  const scoped = all.filter(scopeFilter(snapshot, settings));
  const inScope = scoped.filter(wanted(snapshot, settings));
  const leftOut =
    scoped.filter(({ severity }) => severity !== 'info').length -
    inScope.filter(({ severity }) => severity !== 'info').length;
  const suppressed: Diagnosis['suppressed'] = [];
  const reported: Cause[] = [];
  for (const cause of inScope) {
    const suppression = suppressionOf(cause, snapshot, settings.suppressions ?? []);
    if (suppression === undefined) reported.push(cause);
    else {
      suppressed.push({
        ...cause,
        suppression: { owner: suppression.owner, reason: suppression.reason, expires: suppression.expires },
      });
    }
  }
  const ranked = (causes: readonly Cause[]): Cause[] => causes.map((cause, index) => ({ ...cause, rank: index + 1 }));
  const causes = ranked(reported.filter((cause) => cause.severity !== 'info'));
  const information = ranked(
    reported.filter((cause) => cause.severity === 'info').slice(0, settings.hygiene === true ? 500 : mostInformation),
  );
  const blind = isBlind(snapshot, settings, looked);
  const verdict: Verdict = causes.length > 0 ? 'problem' : blind ? 'inconclusive' : 'healthy';
  return {
    schemaVersion: 1,
    verdict,
    summary: summarise(verdict, causes, snapshot, leftOut),
    observed: observed(snapshot, settings),
    blindSpots: [...snapshot.blindSpots, ...looked.blindSpots, ...scopeBlindSpots(snapshot, settings)],
    causes,
    information,
    suppressed: suppressed.map((cause, index) => ({ ...cause, rank: index + 1 })),
  };
}
