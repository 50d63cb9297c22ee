import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Because, CodeEntry, Finding } from '@autodevops/domain/finding';
import { refByName } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import {
  claimsBehind,
  dependencyCauses,
  dependencyEvidence,
  missedByOthers,
} from '../../evidence/dependency-evidence.ts';
import { finding } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { restartSteps, staleEvidence } from '../../evidence/stale-environment-evidence.ts';
import { missedDependency } from '../../reading/network/dependency-of-container.ts';
import type { MissedDependency } from '../../reading/network/dependency-of-container.ts';
import { migrationJobs } from '../../reading/workloads/migration-job.ts';
import type { FailureKind } from '../../reading/output/failures/failure-kind.ts';
import { failureIn } from '../../reading/output/failures/line-failure.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { secretsOf } from '../../reading/pods/configuration/secrets-of-container.ts';
import { restartForEnvironment, staleSource } from '../../reading/pods/configuration/stale-environment.ts';
import { troubledContainers } from '../../reading/pods/troubled-container.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import type { Analyzer } from '../analyzer.ts';
import {
  certificateExpired,
  certificateUntrusted,
  credentialsRejected,
  databaseMissing,
  dependencyVersion,
  hostKeyUnknown,
  migrationFailed,
  migrationHistory,
  migrationLocked,
  operationLocked,
  protocolMismatch,
  readOnlyMember,
  resourceMissing,
  schemaBehind,
  setupDiffers,
  storageFull,
  tooManyConnections,
} from './codes.ts';
import { namedSetting } from './named-setting.ts';
import { migrationSteps, sharedSchema } from './schema-behind.ts';
import { givesNone, lacksRights, ofSchema, sentence } from './telling.ts';

const codeOf: Partial<Record<FailureKind, CodeEntry>> = {
  credentials: credentialsRejected,
  'too-many-connections': tooManyConnections,
  'database-missing': databaseMissing,
  schema: schemaBehind,
  'migration-locked': migrationLocked,
  'operation-locked': operationLocked,
  'migration-failed': migrationFailed,
  'migration-history': migrationHistory,
  'resource-missing': resourceMissing,
  'protocol-mismatch': protocolMismatch,
  'version-of-dependency': dependencyVersion,
  'setup-differs': setupDiffers,
  'read-only-member': readOnlyMember,
  'storage-of-dependency': storageFull,
  'certificate-expired': certificateExpired,
  'certificate-untrusted': certificateUntrusted,
  'host-key': hostKeyUnknown,
};

/** What such a line calls a name is mostly that of a part of the program. */
function nobody(missed: MissedDependency): MissedDependency {
  return {
    ...missed,
    dependency: { ...missed.dependency, host: '', ref: undefined, kind: 'unknown' },
    namedBy: undefined,
  };
}

function isNameOnly({ dependency: { port, kind } }: MissedDependency): boolean {
  return port === undefined && kind !== 'service';
}

/** An address of its own pod that another line names is mostly where the program itself listens. */
function isOwnAddress({ dependency, namedBy }: MissedDependency): boolean {
  return dependency.kind === 'in-pod' && namedBy !== undefined;
}

const noPasswordStep =
  'Give the program a password: the other side asks for one now, and the program sends none. Take it from the Secret from which that side has it.';

/** By its form a name of the internet, whose certificate any up-to-date list of authorities knows. */
function isPublic(host: string): boolean {
  return (
    /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(host) &&
    !/\.(?:svc|local|internal|intern|lan|corp|home|test|localdomain)(?:\.|$)|^[\d.]+$/i.test(host)
  );
}

function authoritiesStep({ view }: TroubledContainer): string {
  return `If the certificate of the other side is a public one, image "${view.spec.image}" lacks the list of authorities: add the package ca-certificates (an image from scratch has none), or go back to the image before.`;
}

function steps(code: CodeEntry, troubled: TroubledContainer, missed: MissedDependency): readonly string[] {
  if (code === credentialsRejected && lacksRights(troubled)) {
    return [
      'Give its account the right that the quoted line names (an ACL, grant, role or policy of the other side); see first that it is the account that is meant.',
    ];
  }
  if (code === certificateUntrusted && isPublic(missed.dependency.host)) {
    return [authoritiesStep(troubled), ...code.nextSteps];
  }
  if (code === credentialsRejected && givesNone(troubled)) return [noPasswordStep, ...code.nextSteps];
  const secrets = secretsOf(troubled.view);
  if (code !== credentialsRejected || secrets.length === 0) return code.nextSteps;
  return [
    `Check Secret ${secrets.map((name) => `"${name}"`).join(', ')}, from which container "${troubled.view.spec.name}" takes values.`,
    ...code.nextSteps,
  ];
}

/** Credentials are a workload's own affair, unless several take them from the same Secret. */
function sharedSecret(troubled: TroubledContainer): Pick<Finding, 'sharedWith'> {
  const secrets = secretsOf(troubled.view);
  return secrets.length === 0
    ? {}
    : { sharedWith: `${troubled.pod.metadata.namespace}/${secrets.toSorted().join(',')}` };
}

function shared(code: CodeEntry, troubled: TroubledContainer, missed: MissedDependency): Pick<Finding, 'sharedWith'> {
  if (code === credentialsRejected) return sharedSecret(troubled);
  return code === schemaBehind ? sharedSchema(troubled, missed) : missedByOthers(missed);
}

function causes(
  snapshot: Snapshot,
  code: CodeEntry,
  troubled: TroubledContainer,
  missed: MissedDependency,
): Finding['because'] {
  const { namespace } = troubled.pod.metadata;
  const secrets: Because[] =
    code === credentialsRejected
      ? secretsOf(troubled.view).map((name) => ({ object: refByName('Secret', namespace, name) }))
      : [];
  if (code === certificateUntrusted) secrets.push({ object: troubled.ref, codes: ['node.certificate.'] });
  if (code === certificateExpired) secrets.push({ object: troubled.ref, codes: ['control-plane.certificate.'] });
  if (ofSchema.has(code)) {
    return migrationJobs(snapshot, troubled.pod).map((object) => ({ object, codes: ['job.', 'pod.'] }));
  }
  return [
    ...secrets,
    ...(code === databaseMissing ? [] : dependencyCauses(missed)),
    ...(code === storageFull ? fullVolumes(snapshot, missed) : []),
  ];
}

/** The claims behind the Service that has no space. */
function fullVolumes(snapshot: Snapshot, { dependency }: MissedDependency): Because[] {
  if (dependency.ref === undefined) return [];
  return claimsBehind(snapshot, dependency.ref).map((object) => ({ object, codes: ['signal.volume.', 'storage.'] }));
}

/** Who holds the lock, and since when, in the lines after the complaint. */
function holderOfLock({ ref, view, output, verdict }: TroubledContainer): readonly Evidence[] {
  const after = output.slice(output.indexOf(verdict.line) + 1).slice(0, 12);
  return after
    .filter(({ lower }) => /^\s*(?:who|created|locked by|operation):/.test(lower))
    .map((line) => fromOutput(ref, view, line));
}

/** Another line about the same: a client logs the name of what is missing, and throws an exception without it. */
function alsoSaid({ ref, view, output, verdict }: TroubledContainer): readonly Evidence[] {
  const line = output.findLast((other) => other.text !== verdict.line.text && failureIn(other) === verdict.kind);
  return line === undefined ? [] : [fromOutput(ref, view, line)];
}

function check(snapshot: Snapshot, troubled: TroubledContainer): Finding[] {
  const code = codeOf[troubled.verdict.kind];
  if (code === undefined) return [];
  const told = missedDependency(snapshot, troubled);
  const missed = ofSchema.has(code) && (isNameOnly(told) || isOwnAddress(told)) ? nobody(told) : told;
  const stale =
    code === credentialsRejected && troubled.state === 'unready'
      ? staleSource(snapshot, troubled.pod, troubled.view)
      : undefined;
  const named = namedSetting(snapshot, code, troubled);
  return [
    finding(code, {
      object: troubled.ref,
      cause: sentence(code, troubled, missed),
      evidence: [
        ...dependencyEvidence(troubled, missed),
        ...(code === operationLocked ? holderOfLock(troubled) : []),
        ...(code === resourceMissing ? alsoSaid(troubled) : []),
        ...named.evidence,
        ...staleEvidence(stale),
      ],
      since: troubled.since,
      confidence: troubled.state === 'crashing' ? 'high' : 'medium',
      because: causes(snapshot, code, troubled, missed),
      facet: `${troubled.view.spec.name} ${missed.dependency.host}`,
      ...shared(code, troubled, missed),
      nextSteps: [
        ...restartSteps(stale),
        ...named.steps,
        ...(code === schemaBehind ? migrationSteps(snapshot, troubled) : []),
        ...steps(code, troubled, missed),
      ],
      changes:
        ofSchema.has(code) && code !== migrationLocked
          ? undoChanges(snapshot, troubled.pod)
          : stale === undefined
            ? []
            : restartForEnvironment(snapshot, troubled.pod),
    }),
  ];
}

export const dependencyRejection: Analyzer = {
  name: 'dependency-rejection',
  codes: Object.values(codeOf),
  analyze: (snapshot) => troubledContainers(snapshot).flatMap((troubled) => check(snapshot, troubled)),
};
