import { formatDuration } from '@autodevops/domain/duration';
import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { refByName, refText, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromSpec } from '../../evidence/finding.ts';
import { textAt } from '../../reading/json-value.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { conditionsOf, customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { ageOf } from '../../reading/recency.ts';
import { referencesIn } from '../../reading/references-in.ts';
import { said } from '../../reading/said.ts';
import { claimTrouble, karpenterGroup, notInitialized } from '../../reading/scheduling/node-claim.ts';
import type { Analyzer } from '../analyzer.ts';
import { notLaunched, notRegistered, notStarted } from './codes.ts';
import { roleNotMapped } from './node-role.ts';

/** The class of its machines may say why. */
function because(claim: CustomObject): Finding['because'] {
  return referencesIn(claim).map((object) => ({ object, codes: ['custom.'] }));
}

function launchedAt(claim: CustomObject): string {
  const time = conditionsOf(claim).find(({ type }) => type === 'Launched')?.lastTransitionTime;
  return time ?? claim.metadata.creationTimestamp ?? '';
}

function tellUnregistered(snapshot: Snapshot, claim: CustomObject): Pick<Finding, 'cause' | 'evidence'> {
  const waited = formatDuration(ageOf(snapshot, launchedAt(claim)) ?? 0);
  const machine = textAt(claim.status, 'providerID').split('/').at(-1) ?? '';
  const named = machine === '' ? '' : ` ("${said(machine, 60)}")`;
  const start = `The machine of ${refText(refToCustom(claim))}${named} was launched ${waited} ago and has not registered as a node of the cluster`;
  const unmapped = roleNotMapped(snapshot, claim);
  if (unmapped === undefined) return { cause: `${start}.`, evidence: [] };
  const ref = refTo('ConfigMap', unmapped.map);
  return {
    cause: `${start}: its role "${unmapped.role}" is not in the ConfigMap aws-auth, which admits nodes.`,
    evidence: [fromSpec(ref, 'data.mapRoles', unmapped.mapped)],
  };
}

function checkStart(snapshot: Snapshot, claim: CustomObject): Finding[] {
  const condition = notInitialized(snapshot, claim);
  if (condition === undefined) return [];
  const ref = refToCustom(claim);
  const node = textAt(claim.status, 'nodeName');
  const why = said(condition.message.replace(/\.$/, '') || condition.reason, 200);
  return [
    finding(notStarted, {
      object: ref,
      cause: `Node ${node === '' ? '' : `"${node}" `}of ${refText(ref)} is not counted as started: ${why}.`,
      evidence: [fromCondition(ref, condition)],
      since: condition.lastTransitionTime ?? '',
      because: [...because(claim), { object: refByName('Node', '', node), codes: ['node.'] }],
    }),
  ];
}

function checkClaim(snapshot: Snapshot, claim: CustomObject): Finding[] {
  const trouble = claimTrouble(snapshot, claim);
  if (trouble === undefined) return checkStart(snapshot, claim);
  const ref = refToCustom(claim);
  const condition = fromCondition(ref, trouble.condition);
  const shared = { object: ref, since: launchedAt(claim), because: because(claim) };
  if (trouble.step === 'launch') {
    const why = rootError(trouble.condition.message, 300) || said(trouble.condition.reason);
    const cause = `Karpenter gets no machine for ${refText(ref)}: ${why.replace(/\.$/, '')}.`;
    return [finding(notLaunched, { ...shared, cause, evidence: [condition] })];
  }
  const { cause, evidence } = tellUnregistered(snapshot, claim);
  return [finding(notRegistered, { ...shared, cause, evidence: [condition, ...evidence] })];
}

/** Karpenter's orders for single machines. Its pools and node classes say in conditions how they are. */
export const karpenter: Analyzer = {
  name: 'karpenter',
  codes: [notLaunched, notRegistered, notStarted],
  analyze: (snapshot) =>
    customOfKind(snapshot, karpenterGroup, 'NodeClaim').flatMap((claim) => checkClaim(snapshot, claim)),
};
