import type { Evidence } from '@autodevops/domain/diagnosis';
import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import type { FailureKind } from '../../reading/output/failures/failure-kind.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { troubledContainers } from '../../reading/pods/troubled-container.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { capabilityLacking, needsRoot, refusesRoot, userSwitch } from './codes.ts';

const codeOf: Partial<Record<FailureKind, CodeEntry>> = {
  'root-refused': refusesRoot,
  'root-needed': needsRoot,
  'user-switch': userSwitch,
  capability: capabilityLacking,
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

/** `CAP_NET_ADMIN`, as the line names it, or as what it tried wants. */
function capabilityIn(text: string): string {
  const named = /\bCAP_[A-Z_]{3,20}\b/i.exec(text)?.[0].toUpperCase();
  return named ?? (/\brtnetlink/i.test(text) ? 'CAP_NET_ADMIN' : '');
}

/** Which capabilities the template gives and takes. */
function capabilities({ ref, view }: TroubledContainer): readonly Evidence[] {
  const { add, drop } = view.spec.securityContext.capabilities;
  const field = `${view.path}.securityContext.capabilities`;
  return [
    ...(add.length === 0 ? [] : [fromSpec(ref, `${field}.add`, add.join(', '))]),
    ...(drop.length === 0 ? [] : [fromSpec(ref, `${field}.drop`, drop.join(', '))]),
  ];
}

function what(code: CodeEntry, troubled: TroubledContainer): string {
  if (code === refusesRoot) return 'refuses to run as root';
  if (code === capabilityLacking) {
    const name = capabilityIn(troubled.verdict.line.text);
    return `lacks ${name === '' ? 'a capability of the kernel' : `the capability ${name.replace('CAP_', '')}`}`;
  }
  return `${code === needsRoot ? 'must be started as root' : 'may not become another user'} (it runs as ${asWhom(troubled)})`;
}

function check(snapshot: Snapshot, troubled: TroubledContainer): Finding[] {
  const { ref, view, verdict, pod, since } = troubled;
  const code = codeOf[verdict.kind];
  if (code === undefined) return [];
  return [
    finding(code, {
      object: ref,
      cause: `${whoSpeaks(troubled)} ${what(code, troubled)} ${whatFollows(troubled)}: ${said(tellingPart(verdict.line), 160)}.`,
      evidence: [
        fromOutput(ref, view, verdict.line),
        ...(code === capabilityLacking ? capabilities(troubled) : userSetting(troubled)),
      ],
      since,
      confidence: 'high',
      facet: view.spec.name,
      changes: undoChanges(snapshot, pod),
    }),
  ];
}

/** As whom a program runs and will not, whom it wants to become and may not, and which capability it lacks. */
export const containerUser: Analyzer = {
  name: 'container-user',
  codes: [refusesRoot, needsRoot, userSwitch, capabilityLacking],
  analyze: (snapshot) => troubledContainers(snapshot).flatMap((troubled) => check(snapshot, troubled)),
};
