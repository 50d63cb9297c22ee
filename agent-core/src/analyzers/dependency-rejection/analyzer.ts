import type { Because, CodeEntry, Finding } from '@autodevops/domain/finding';
import { refByName } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { claimsBehind, dependencyCauses, dependencyEvidence, missedByOthers, whatFollows, whatIsMissed, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { finding } from '../../evidence/finding.ts';
import { restartSteps, staleEvidence } from '../../evidence/stale-environment-evidence.ts';
import { missedDependency } from '../../reading/dependency-of-container.ts';
import type { MissedDependency } from '../../reading/dependency-of-container.ts';
import type { FailureKind } from '../../reading/output-failure.ts';
import { restartForEnvironment, staleSource } from '../../reading/stale-environment.ts';
import { troubledContainers } from '../../reading/troubled-container.ts';
import type { TroubledContainer } from '../../reading/troubled-container.ts';
import type { Analyzer } from '../analyzer.ts';
import { certificateExpired, certificateUntrusted, credentialsRejected, databaseMissing, storageFull, tooManyConnections } from './codes.ts';

const codeOf: Partial<Record<FailureKind, CodeEntry>> = {
  credentials: credentialsRejected,
  'too-many-connections': tooManyConnections,
  'database-missing': databaseMissing,
  'storage-of-dependency': storageFull,
  'certificate-expired': certificateExpired,
  'certificate-untrusted': certificateUntrusted,
};

function sentence(code: CodeEntry, troubled: TroubledContainer, missed: MissedDependency): string {
  const who = whoSpeaks(troubled);
  const then = whatFollows(troubled);
  const known = missed.dependency.host !== '';
  const what = whatIsMissed(missed);
  if (code === credentialsRejected) return `${who} is turned away by ${what} because its credentials or rights are not accepted, ${then}.`;
  if (code === tooManyConnections) return `${who} gets no connection to ${what} because there are too many, ${then}.`;
  if (code === storageFull) return `${who} may not write to ${known ? what : 'the server that it uses'}, which has no room left, ${then}.`;
  if (code === databaseMissing) return `${who} asks for a database that ${known ? what : 'the server'} does not have, ${then}.`;
  const connection = known ? `in its connection to ${what}` : 'in one of its connections';
  return code === certificateExpired
    ? `${who} meets an expired certificate ${connection} ${then}.`
    : `${who} does not trust a certificate ${connection} ${then}.`;
}

/** Secrets of which the container takes values: where its credentials come from. */
function secretsOf({ view }: TroubledContainer): readonly string[] {
  const keys = view.spec.env.flatMap((e) => (e.valueFrom?.secretKeyRef === undefined ? [] : [e.valueFrom.secretKeyRef.name]));
  const sources = view.spec.envFrom.flatMap((s) => (s.secretRef === undefined ? [] : [s.secretRef.name]));
  return [...new Set([...keys, ...sources])].filter((name) => name !== '').slice(0, 3);
}

function steps(code: CodeEntry, troubled: TroubledContainer): readonly string[] {
  const secrets = secretsOf(troubled);
  if (code !== credentialsRejected || secrets.length === 0) return code.nextSteps;
  return [`Check Secret ${secrets.map((name) => `"${name}"`).join(', ')}, from which container "${troubled.view.spec.name}" takes values.`, ...code.nextSteps];
}

/** Credentials are a workload's own affair, unless several take them from the same Secret. */
function sharedSecret(troubled: TroubledContainer): Pick<Finding, 'sharedWith'> {
  const secrets = secretsOf(troubled);
  return secrets.length === 0 ? {} : { sharedWith: `${troubled.pod.metadata.namespace}/${secrets.toSorted().join(',')}` };
}

function causes(snapshot: Snapshot, code: CodeEntry, troubled: TroubledContainer, missed: MissedDependency): Finding['because'] {
  const { namespace } = troubled.pod.metadata;
  const secrets: Because[] = code === credentialsRejected ? secretsOf(troubled).map((name) => ({ object: refByName('Secret', namespace, name) })) : [];
  if (code === certificateUntrusted) secrets.push({ object: troubled.ref, codes: ['node.certificate.'] });
  if (code === certificateExpired) secrets.push({ object: troubled.ref, codes: ['control-plane.certificate.'] });
  return [...secrets, ...(code === databaseMissing ? [] : dependencyCauses(missed)), ...(code === storageFull ? fullVolumes(snapshot, missed) : [])];
}

/** The claims behind the Service that has no space. */
function fullVolumes(snapshot: Snapshot, { dependency }: MissedDependency): Because[] {
  if (dependency.ref === undefined) return [];
  return claimsBehind(snapshot, dependency.ref).map((object) => ({ object, codes: ['signal.volume.', 'storage.'] }));
}

function check(snapshot: Snapshot, troubled: TroubledContainer): Finding[] {
  const code = codeOf[troubled.verdict.kind];
  if (code === undefined) return [];
  const missed = missedDependency(snapshot, troubled);
  const stale = code === credentialsRejected && troubled.state === 'unready' ? staleSource(snapshot, troubled.pod, troubled.view) : undefined;
  return [
    finding(code, {
      object: troubled.ref,
      cause: sentence(code, troubled, missed),
      evidence: [...dependencyEvidence(troubled, missed), ...staleEvidence(stale)],
      since: troubled.since,
      confidence: troubled.state === 'crashing' ? 'high' : 'medium',
      because: causes(snapshot, code, troubled, missed),
      facet: `${troubled.view.spec.name} ${missed.dependency.host}`,
      ...(code === credentialsRejected ? sharedSecret(troubled) : missedByOthers(missed)),
      nextSteps: [...restartSteps(stale), ...steps(code, troubled)],
      changes: stale === undefined ? [] : restartForEnvironment(snapshot, troubled.pod),
    }),
  ];
}

export const dependencyRejection: Analyzer = {
  name: 'dependency-rejection',
  kinds: ['Pod'],
  codes: Object.values(codeOf),
  analyze: (snapshot) => troubledContainers(snapshot).flatMap((troubled) => check(snapshot, troubled)),
};
