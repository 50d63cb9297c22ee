import type { Cause } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { Suppression } from '@autodevops/domain/suppression';
import { catalogue } from '../../analyzers/catalogue.ts';
import { atOnce } from '../../reading/at-once.ts';
import type { Steps } from '../../reading/at-once.ts';
import { causeFrom } from './cause.ts';
import { groupFindings } from './cause-group.ts';
import type { CauseGroup } from './cause-group.ts';
import { explainInSteps } from './explanation.ts';
import { rank } from './ranking.ts';
import type { Ranked } from './ranking.ts';
import { tellSharedOnce } from './shared-cause.ts';
import { suppressionOf } from './suppression.ts';
import { underExperiment } from './under-experiment.ts';
import { lowerUnfeltUse } from './unfelt-use.ts';

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

/** As `causesOf`, yielding where others may run. */
export function* causesInSteps(
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
