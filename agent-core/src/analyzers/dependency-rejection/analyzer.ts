import type { Because, CodeEntry, Finding } from '@autodevops/domain/finding';
import { refByName } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { claimsBehind, dependencyCauses, dependencyEvidence, missedByOthers, whatFollows, whatIsMissed, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { finding } from '../../evidence/finding.ts';
import { restartSteps, staleEvidence } from '../../evidence/stale-environment-evidence.ts';
import { missedDependency } from '../../reading/network/dependency-of-container.ts';
import type { MissedDependency } from '../../reading/network/dependency-of-container.ts';
import { migrationJobs } from '../../reading/workloads/migration-job.ts';
import type { FailureKind } from '../../reading/output/failure-patterns.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { said } from '../../reading/said.ts';
import { secretsOf } from '../../reading/pods/secrets-of-container.ts';
import { restartForEnvironment, staleSource } from '../../reading/pods/stale-environment.ts';
import { troubledContainers } from '../../reading/pods/troubled-container.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import type { Analyzer } from '../analyzer.ts';
import { certificateExpired, certificateUntrusted, credentialsRejected, databaseMissing, hostKeyUnknown, schemaBehind, storageFull, tooManyConnections } from './codes.ts';

const codeOf: Partial<Record<FailureKind, CodeEntry>> = {
  credentials: credentialsRejected,
  'too-many-connections': tooManyConnections,
  'database-missing': databaseMissing,
  schema: schemaBehind,
  'storage-of-dependency': storageFull,
  'certificate-expired': certificateExpired,
  'certificate-untrusted': certificateUntrusted,
  'host-key': hostKeyUnknown,
};

/** A certificate may also be its own, which it reads from a file. */
function speaksOfConnection({ verdict }: TroubledContainer): boolean {
  return /tls:|ssl|handshake|dial|connect|:\/\/|remote|peer|server/.test(verdict.line.lower);
}

/** The server that a client of SSH names: `No ED25519 host key is known for git.example and you have requested strict checking`. */
function sshHost({ verdict }: TroubledContainer): string {
  const named = verdict.nearby.map(({ text }) => /(?:known for|host key for) \[?([\w.-]{1,253})/i.exec(text)?.[1]).find((host) => host !== undefined);
  return named === undefined ? 'the SSH server' : `"${named}"`;
}

function sentence(code: CodeEntry, troubled: TroubledContainer, missed: MissedDependency): string {
  const who = whoSpeaks(troubled);
  const then = whatFollows(troubled);
  const known = missed.dependency.host !== '';
  const what = whatIsMissed(missed);
  if (code === credentialsRejected) return `${who} is turned away by ${what} because its credentials or rights are not accepted, ${then}.`;
  if (code === tooManyConnections) return `${who} gets no connection to ${what} because there are too many, ${then}.`;
  if (code === storageFull) return `${who} may not write to ${known ? what : 'the server that it uses'}, which has no room left, ${then}.`;
  if (code === databaseMissing) return `${who} asks for a database that ${known ? what : 'the server'} does not have, ${then}.`;
  if (code === hostKeyUnknown) return `${who} does not know the host key of ${sshHost(troubled)} ${then}: ${said(troubled.verdict.line.text, 160)}.`;
  if (code === schemaBehind) return `${who} finds that the schema of ${known ? what : 'its database'} is not the one that it expects, ${then}: ${said(troubled.verdict.line.text, 160)}.`;
  const connection = known ? `in its connection to ${what} ` : speaksOfConnection(troubled) ? 'in one of its connections ' : '';
  return code === certificateExpired
    ? `${who} meets an expired certificate ${connection}${then}.`
    : `${who} does not trust a certificate ${connection}${then}.`;
}

const ofRights = ['authorization', 'not authorized to', 'permission', 'privilege', 'noperm', 'accesscontrol'];

/** Who it is was accepted; what it wants to do is not allowed to it. */
function lacksRights({ verdict }: TroubledContainer): boolean {
  return ofRights.some((words) => verdict.line.lower.includes(words));
}

/** By its form a name of the internet, whose certificate any up-to-date list of authorities knows. */
function isPublic(host: string): boolean {
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(host) && !/\.(?:svc|local|internal|intern|lan|corp|home|test|localdomain)(?:\.|$)|^[\d.]+$/i.test(host);
}

function authoritiesStep({ view }: TroubledContainer): string {
  return `If the certificate of the other side is a public one, image "${view.spec.image}" lacks the list of authorities: add the package ca-certificates (an image from scratch has none), or go back to the image before.`;
}

function steps(code: CodeEntry, troubled: TroubledContainer, missed: MissedDependency): readonly string[] {
  if (code === credentialsRejected && lacksRights(troubled)) return ['Give its account the right that the quoted line names (an ACL, grant, role or policy of the other side); see first that it is the account that is meant.'];
  if (code === certificateUntrusted && isPublic(missed.dependency.host)) return [authoritiesStep(troubled), ...code.nextSteps];
  const secrets = secretsOf(troubled.view);
  if (code !== credentialsRejected || secrets.length === 0) return code.nextSteps;
  return [`Check Secret ${secrets.map((name) => `"${name}"`).join(', ')}, from which container "${troubled.view.spec.name}" takes values.`, ...code.nextSteps];
}

/** Credentials are a workload's own affair, unless several take them from the same Secret. */
function sharedSecret(troubled: TroubledContainer): Pick<Finding, 'sharedWith'> {
  const secrets = secretsOf(troubled.view);
  return secrets.length === 0 ? {} : { sharedWith: `${troubled.pod.metadata.namespace}/${secrets.toSorted().join(',')}` };
}

function causes(snapshot: Snapshot, code: CodeEntry, troubled: TroubledContainer, missed: MissedDependency): Finding['because'] {
  const { namespace } = troubled.pod.metadata;
  const secrets: Because[] = code === credentialsRejected ? secretsOf(troubled.view).map((name) => ({ object: refByName('Secret', namespace, name) })) : [];
  if (code === certificateUntrusted) secrets.push({ object: troubled.ref, codes: ['node.certificate.'] });
  if (code === certificateExpired) secrets.push({ object: troubled.ref, codes: ['control-plane.certificate.'] });
  if (code === schemaBehind) return migrationJobs(snapshot, troubled.pod).map((object) => ({ object, codes: ['job.', 'pod.'] }));
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
      nextSteps: [...restartSteps(stale), ...steps(code, troubled, missed)],
      changes: code === schemaBehind ? undoChanges(snapshot, troubled.pod) : stale === undefined ? [] : restartForEnvironment(snapshot, troubled.pod),
    }),
  ];
}

export const dependencyRejection: Analyzer = {
  name: 'dependency-rejection',
  kinds: ['Pod'],
  codes: Object.values(codeOf),
  analyze: (snapshot) => troubledContainers(snapshot).flatMap((troubled) => check(snapshot, troubled)),
};
