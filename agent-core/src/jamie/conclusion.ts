import type { Cause, Diagnosis, Verdict } from '@autodevops/domain/diagnosis';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { atOnce } from '../reading/at-once.ts';
import type { Steps } from '../reading/at-once.ts';
import { isInScope, isWanted, scopeBlindSpots } from './asked-for.ts';
import { causesInSteps } from './causes/causes-of.ts';
import { suppressionOf } from './causes/suppression.ts';
import type { DiagnoseOptions } from './diagnose-options.ts';
import type { Looked } from './looked.ts';
import { summaryOf } from './telling/summary.ts';

type Settings = DiagnoseOptions & { readonly source?: string; readonly milliseconds?: number };

const mostInformation = 25;

function isBlind(snapshot: Snapshot, settings: Settings, looked: Looked): boolean {
  if (looked.blindSpots.length > 0 || (snapshot.parts.failed ?? []).length > 0) return true;
  if (scopeBlindSpots(snapshot, settings).length > 0) return true;
  const pods =
    settings.namespaces === undefined
      ? [snapshot.coverage('Pod')]
      : settings.namespaces.map((n) => snapshot.coverage('Pod', n));
  return pods.some((coverage) => coverage !== 'full');
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
  const scoped = all.filter(isInScope(snapshot, settings));
  const inScope = scoped.filter(isWanted(snapshot, settings));
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
    summary: summaryOf(verdict, causes, snapshot, leftOut),
    observed: observed(snapshot, settings),
    blindSpots: [...snapshot.blindSpots, ...looked.blindSpots, ...scopeBlindSpots(snapshot, settings)],
    causes,
    information,
    suppressed: suppressed.map((cause, index) => ({ ...cause, rank: index + 1 })),
  };
}
