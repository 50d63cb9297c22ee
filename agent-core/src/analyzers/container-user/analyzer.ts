import type { Evidence } from '@autodevops/domain/diagnosis';
import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import type { FailureKind } from '../../reading/output/failure-patterns.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { troubledContainers } from '../../reading/pods/troubled-container.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { needsRoot, refusesRoot, userSwitch } from './codes.ts';

const codeOf: Partial<Record<FailureKind, CodeEntry>> = {
  'root-refused': refusesRoot,
  'root-needed': needsRoot,
  'user-switch': userSwitch,
};

/** The user as whom the container is to run, where container or pod says so; the container goes before. */
function userSetting({ ref, view, pod }: TroubledContainer): readonly Evidence[] {
  const own = view.spec.securityContext.runAsUser;
  if (own !== undefined) return [fromSpec(ref, `${view.path}.securityContext.runAsUser`, String(own))];
  const ofPod = pod.spec.securityContext.runAsUser;
  return ofPod === undefined ? [] : [fromSpec(ref, 'spec.securityContext.runAsUser', String(ofPod))];
}

function asWhom({ view, pod }: TroubledContainer): string {
  const user = view.spec.securityContext.runAsUser ?? pod.spec.securityContext.runAsUser;
  return user === undefined ? 'the user of its image' : `user ${user}`;
}

function check(snapshot: Snapshot, troubled: TroubledContainer): Finding[] {
  const { ref, view, verdict, pod, since } = troubled;
  const code = codeOf[verdict.kind];
  if (code === undefined) return [];
  const what =
    code === refusesRoot
      ? 'refuses to run as root'
      : `${code === needsRoot ? 'must be started as root' : 'may not become another user'} (it runs as ${asWhom(troubled)})`;
  return [
    finding(code, {
      object: ref,
      cause: `${whoSpeaks(troubled)} ${what} ${whatFollows(troubled)}: ${said(tellingPart(verdict.line), 160)}.`,
      evidence: [fromOutput(ref, view, verdict.line), ...userSetting(troubled)],
      since,
      confidence: 'high',
      facet: view.spec.name,
      changes: undoChanges(snapshot, pod),
    }),
  ];
}

/** As whom a program runs and will not, or whom it wants to become and may not. */
export const containerUser: Analyzer = {
  name: 'container-user',
  kinds: ['Pod'],
  codes: [refusesRoot, needsRoot, userSwitch],
  analyze: (snapshot) => troubledContainers(snapshot).flatMap((troubled) => check(snapshot, troubled)),
};
