import type { ObjectRef } from '@autodevops/domain/object-ref';
import { refText } from '@autodevops/domain/object-ref';
import { matchesAny } from '../../../reading/name-pattern.ts';
import { steersTool } from '../../facts/steers-tool.ts';
import { objectNameOf } from '../../facts/touch.ts';
import { placeOf, placesOf } from '../matching/touched-objects.ts';
import type { Touched } from '../matching/touched-objects.ts';
import { atLeast, forbidFirst, forbidden, untold } from './floor-rule.ts';
import type { FloorRule, FloorVerdict, Ground } from './floor-rule.ts';

/** The largest share of a Service's ready endpoints that fewer than two people may take away. */
const endpointShare = 0.5;

function judgeEndpoints({ facts, touched }: Ground): FloorVerdict | undefined {
  if (touched.length === 0) return undefined;
  const radius = facts.blastRadius;
  if (radius === undefined) {
    return untold('two', "It is not known how many of a Service's ready endpoints are touched.");
  }
  const { shareOfReadyEndpoints: share, readyEndpoints } = radius;
  if (share <= endpointShare) return undefined;
  if (facts.restores === true) {
    return atLeast(
      'one',
      `${Math.round(share * 100)} % of a Service's ready endpoints are touched, to take back what made something ill.`,
    );
  }
  if (readyEndpoints === 1) return atLeast('one', 'The only ready endpoint of a Service is touched.');
  return atLeast('two', `${Math.round(share * 100)} % of a Service's ready endpoints are touched.`);
}

/** The objects by which Argo CD and Flux are told what to do are their doors; what is new or evicted is nobody's yet, or again. */
function isBehindTheTool({ operation }: Touched): boolean {
  if (operation.verb === 'evict' || operation.verb === 'create') return false;
  return !steersTool(objectNameOf(operation));
}

function judgeManaged({ facts, touched, policy }: Ground): FloorVerdict | undefined {
  const direct = touched.filter(isBehindTheTool);
  if (direct.length === 0) return undefined;
  const allowed = direct.every((object) => matchesAny(policy.patchManaged ?? [], placeOf(object)));
  const tier = allowed ? 'two' : 'forbidden';
  if (facts.managedBy === undefined) return untold(tier, 'It is not known whether a tool would put the change back.');
  const [manager] = facts.managedBy;
  if (manager === undefined) return undefined;
  const instead = allowed ? '' : `; change it through ${manager.tool}, or in its source`;
  return atLeast(tier, `${manager.tool} (${manager.owner}) manages what would be changed behind its back${instead}.`);
}

function judgeEvidence({ question, touched }: Ground): FloorVerdict | undefined {
  const { finding } = question.reason;
  if (finding === undefined || placeOf(finding.object) === '') return undefined;
  const seen: readonly ObjectRef[] = [finding.object, ...finding.evidence.map(({ object }) => object)];
  const places = new Set(['', ...seen.map(placeOf)]);
  const object = forbidFirst(
    touched.filter((one) => !places.has(placeOf(one))),
    (one) => `${refText(one)} is in a namespace that the evidence does not speak of.`,
  );
  const elsewhere = question.actions.flatMap(placesOf).find((place) => !places.has(place));
  return (
    object ??
    (elsewhere === undefined ? undefined : forbidden(`The evidence does not speak of namespace ${elsewhere}.`))
  );
}

/** How far a change may reach. */
export const reach: readonly FloorRule[] = [
  {
    id: 'floor.endpoints',
    what: `More than ${endpointShare * 100} % of a Service's ready endpoints are touched: all of several count like most of them, because stopping a Service is sometimes the right thing.`,
    says: 'two; one where the Service has a single ready endpoint, or where a change is taken back since which something that it touched became ill',
    instead: 'Do it in smaller steps, or let two people agree.',
    judge: judgeEndpoints,
  },
  {
    id: 'floor.managed-objects',
    what: 'What Argo CD, Flux, Helm or an operator manages is changed directly. Their own objects, evictions, new objects and Git changes are not meant.',
    says: 'forbidden; two in namespaces that the policy lists under `patchManaged`',
    instead:
      'Change it in its source (action open-git-change) or by its tool, or have the namespace listed under `patchManaged` of the policy.',
    judge: judgeManaged,
  },
  {
    id: 'floor.evidence-namespace',
    what: 'An object is touched, or a Helm release rolled back, in a namespace that neither the finding nor its evidence speaks of.',
    says: 'forbidden',
    instead: 'Ask for it without that finding, in words of your own.',
    judge: judgeEvidence,
  },
];
