import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Change } from '@autodevops/domain/change/change';
import type { Decision } from '@autodevops/domain/change/decision';
import { isOutside } from '@autodevops/domain/change/operation';
import type { Manifest, Operation } from '@autodevops/domain/change/operation';
import type { Plan } from '@autodevops/domain/change/plan';

/** The lower-case hexadecimal SHA-256 of a text, as UTF-8. */
export type Digest = (text: string) => string;

function withoutVersion(object: Manifest): unknown {
  const { resourceVersion: _version, managedFields: _owners, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** An operation without what changes by itself all the time: as what it is compared, and agreed to. */
export function steadyOperation(operation: Operation): unknown {
  if (isOutside(operation)) return operation;
  if (operation.verb === 'create' || operation.verb === 'apply') {
    return { ...operation, object: withoutVersion(operation.object) };
  }
  const { resourceVersion: _version, ...target } = operation.target;
  return { ...operation, target };
}

/** What of a plan has to be the same when it is done as when it was agreed to. */
export function steadyActions(plan: Plan): readonly unknown[] {
  return plan.actions.map((action) => ({
    ...action,
    operations: action.operations.map(steadyOperation),
    undo: { ...action.undo, operations: action.undo.operations.map(steadyOperation) },
  }));
}

/** What is agreed to: which proposal, of whom and why, and what it would do. */
export type AgreedTo = Pick<Change, 'id' | 'requester' | 'reason' | 'plan'>;

/**
 * What a yes is bound to: which proposal it is, of whom and why; what would be sent and taken back, in the sentences that
 * were read; the dry run's diff, the facts, the cluster, the decision and the policy that made it. So a yes to one proposal
 * is none to another that does the same. Left out: resourceVersions, which every status update changes, and the moment of the look.
 */
export function changeDigest({ id, requester, reason, plan }: AgreedTo, decision: Decision, digest: Digest): string {
  const { capturedAt: _moment, ...facts } = plan.facts;
  const { tier, roles, demands, policyVersion } = decision;
  return digest(
    canonicalJson({
      id,
      requester,
      reason,
      actions: steadyActions(plan),
      diff: plan.diff,
      facts,
      ...(plan.cluster === undefined ? {} : { cluster: plan.cluster }),
      tier,
      roles,
      demands,
      policyVersion,
    }),
  );
}
