import type { PlannedAction } from '@autodevops/domain/change/plan';
import type { Policy } from '@autodevops/domain/change/policy';
import { refKey } from '@autodevops/domain/object-ref';
import { matchesAny } from '../../../reading/name-pattern.ts';
import { knownFacts } from './known-facts.ts';
import type { KnownFacts } from './known-facts.ts';
import type { Circumstances, Question } from '../question.ts';
import { placeOf, placesOf, placesOfTool } from './touched-objects.ts';

/**
 * One action in one namespace that it touches, itself or by a tool that it asks: what rules are matched against. A plan is decided scene by scene, and
 * the strictest wins, so that what is allowed in one namespace allows nothing in another.
 */
export interface Scene {
  readonly action: PlannedAction;
  readonly namespace: string;
  readonly environments: readonly string[];
  readonly question: Question;
  readonly facts: KnownFacts;
  readonly circumstances: Circumstances;
}

/** Names of the environments of a namespace: that of the cluster, and those of the policy whose patterns it matches. */
export function environmentsOf(
  namespace: string,
  policy: Pick<Policy, 'environments'>,
  cluster: string,
): readonly string[] {
  const named = Object.entries(policy.environments)
    .filter(([, patterns]) => matchesAny(patterns, namespace))
    .map(([name]) => name);
  return [...new Set([...(cluster === '' ? [] : [cluster]), ...named])].toSorted();
}

export function scenesOf(
  question: Question,
  policy: Pick<Policy, 'environments'>,
  circumstances: Circumstances,
): readonly Scene[] {
  const facts = knownFacts(question, circumstances);
  return question.actions.flatMap((action) => {
    const namespaces = new Set([placeOf(action.request.target), ...placesOf(action), ...placesOfTool(action, facts)]);
    return [...namespaces].toSorted().map((namespace) => ({
      action,
      namespace,
      environments: environmentsOf(namespace, policy, question.environment),
      question,
      facts,
      circumstances,
    }));
  });
}

/** Labels of the scene's target; undefined where they could not be read. */
export function labelsOf({ action, facts }: Scene): Readonly<Record<string, string>> | undefined {
  return facts.labels?.[refKey(action.request.target)];
}

const owned = new Set(['Pod', 'ReplicaSet', 'Job', 'Node']);

/** Kind/namespace/name of the workloads that the scene's plan touches; undefined where that is not known. */
export function workloadsOf({ question, facts }: Scene): readonly string[] | undefined {
  if (facts.workloads !== undefined) return facts.workloads;
  const targets = question.actions.map((action) => action.request.target);
  return targets.some((target) => owned.has(target.kind)) ? undefined : targets.map(refKey);
}
