import { isOutside } from '@autodevops/domain/change/operation';
import type { OutsideOperation } from '@autodevops/domain/change/operation';
import { matchesAny } from '../../../reading/name-pattern.ts';
import { atLeast, forbidden } from './floor-rule.ts';
import type { FloorRule, FloorVerdict, Ground } from './floor-rule.ts';

/**
 * Names with this beginning are kept for Kubernetes itself. Which objects a release holds is not read, so all of them
 * count: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#working-with-namespaces
 */
const keptForKubernetes: readonly string[] = ['kube-*'];

function outsideOf<Verb extends OutsideOperation['verb']>(
  { question }: Ground,
  verb: Verb,
): readonly Extract<OutsideOperation, { verb: Verb }>[] {
  return question.actions
    .flatMap(({ operations }) => operations)
    .filter(
      (operation): operation is Extract<OutsideOperation, { verb: Verb }> =>
        isOutside(operation) && operation.verb === verb,
    );
}

function judgeReleases(ground: Ground): FloorVerdict | undefined {
  const { self } = ground.circumstances;
  const found = outsideOf(ground, 'helm-rollback').flatMap(({ namespace, release }) => {
    if (matchesAny(keptForKubernetes, namespace)) {
      return [`The Helm release ${namespace}/${release} is of the cluster itself.`];
    }
    return self.namespace !== '' && namespace === self.namespace
      ? [`The Helm release ${namespace}/${release} is of the agent itself.`]
      : [];
  });
  const [first] = found;
  return first === undefined ? undefined : forbidden(first);
}

function judgeGit(ground: Ground): FloorVerdict | undefined {
  const [first] = outsideOf(ground, 'open-git-change');
  return first === undefined
    ? undefined
    : atLeast('one', `What is written into ${first.repository} leaves the cluster, and others read it.`);
}

/** What is done outside of the API server, where no object is named. */
export const outside: readonly FloorRule[] = [
  {
    id: 'floor.release-namespaces',
    what: "A Helm release in a namespace `kube-*` or in the agent's own is rolled back.",
    says: 'forbidden',
    instead: 'Let an administrator of the cluster do it with Helm.',
    judge: judgeReleases,
  },
  {
    id: 'floor.git-changes',
    what: 'A change is proposed in Git.',
    says: 'one',
    instead: 'Let another person agree.',
    judge: judgeGit,
  },
];
