import type { PlannedAction } from '@autodevops/domain/change/plan';
import { refText } from '@autodevops/domain/object-ref';
import { placeOf, placesOfTool, touchedBy } from '../matching/touched-objects.ts';
import { atLeast, forbidden } from './floor-rule.ts';
import type { FloorRule, FloorVerdict, Ground } from './floor-rule.ts';

/** Of Kubernetes itself: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
export const systemNamespaces: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease'];

/** A drain moves what runs on a node, whoever's it is; everything else in these namespaces is left alone. */
function isDrain({ request, operations }: PlannedAction): boolean {
  return request.target.kind === 'Node' && operations.some(({ verb }) => verb === 'evict');
}

/** What is asked of a tool is done there, though no operation names it. */
function judgeTools(
  { question, facts }: Ground,
  namespaces: readonly string[],
  whose: string,
): FloorVerdict | undefined {
  const found = question.actions.flatMap((action) =>
    placesOfTool(action, facts)
      .filter((place) => namespaces.includes(place))
      .map((place) => ({ asked: action.request.target, place })),
  );
  const [first] = found;
  return first === undefined
    ? undefined
    : forbidden(`${refText(first.asked)} would change something in ${first.place}, which is ${whose}.`);
}

function judgeObjects({ question }: Ground, namespaces: readonly string[], whose: string): FloorVerdict | undefined {
  const inside = question.actions.flatMap((action) => {
    const moves = isDrain(action);
    return touchedBy(action)
      .filter((object) => namespaces.includes(placeOf(object)))
      .map((object) => ({ object, moved: moves && object.operation.verb === 'evict' }));
  });
  const [first] = inside.toSorted((a, b) => Number(a.moved) - Number(b.moved));
  if (first === undefined) return undefined;
  return first.moved
    ? atLeast('two', `The drain moves ${refText(first.object)}, which is ${whose}.`)
    : forbidden(`${refText(first.object)} is ${whose}.`);
}

function judgePlaces(ground: Ground, namespaces: readonly string[], whose: string): FloorVerdict | undefined {
  return judgeTools(ground, namespaces, whose) ?? judgeObjects(ground, namespaces, whose);
}

/** Namespaces that are not a customer's work. */
export const places: readonly FloorRule[] = [
  {
    id: 'floor.system-namespaces',
    what: `Something in ${systemNamespaces.join(', ')} is touched, or changed by Argo CD or Flux because of it.`,
    says: "forbidden; two where a drained node's pods are moved",
    instead: 'Let an administrator of the cluster do it with tools of their own.',
    judge: (ground) => judgePlaces(ground, systemNamespaces, 'of the cluster itself'),
  },
  {
    id: 'floor.own-namespace',
    what: "Something in the agent's own namespace is touched, or changed by Argo CD or Flux because of it.",
    says: "forbidden; two where a drained node's pods are moved",
    instead: 'Let an administrator change the agent itself.',
    judge: (ground) =>
      ground.circumstances.self.namespace === ''
        ? undefined
        : judgePlaces(ground, [ground.circumstances.self.namespace], 'of the agent itself'),
  },
];
