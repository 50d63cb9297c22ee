import { counted, listed } from '@autodevops/domain/count-words';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { budgetsOver } from '../../reading/workloads/budgets-over.ts';
import { isFinished, isReady } from '../../reading/pods/pod-status.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';
import type { AskContext, Reply } from '../intent.ts';
import { lossesOf, roomElsewhere } from './node-loss.ts';
import { stateOfRef } from './object-state.ts';

/** Services all of whose ready pods are on the node. */
function servicesLost({ snapshot }: AskContext, node: string): readonly string[] {
  return snapshot.list('Service').flatMap((service) => {
    const ready = podsBehind(snapshot, service).filter(isReady);
    return ready.length > 0 && ready.every((pod) => pod.spec.nodeName === node)
      ? [`${service.metadata.namespace}/${service.metadata.name}`]
      : [];
  });
}

function podsOnNode({ snapshot }: AskContext, node: string): readonly Pod[] {
  return snapshot.list('Pod').filter((pod) => pod.spec.nodeName === node && !isFinished(pod));
}

/** What goes with a node: workloads, Services, and whether there is room elsewhere. */
export function nodeLossReply(context: AskContext, node: ObjectRef): Reply {
  const losses = lossesOf(context.snapshot, node.name);
  const objects = [node];
  if (losses.length === 0) return { headline: `Nothing that can be seen runs on Node ${node.name}.`, objects };
  const down = losses.filter((loss) => loss.down);
  const services = servicesLost(context, node.name);
  const closed = budgetsOver(context.snapshot, podsOnNode(context, node.name)).filter(({ allowed }) => allowed === 0);
  const lines = [
    ...(closed.length === 0
      ? []
      : [`A drain would wait: ${listed(closed.map(({ ref }) => refText(ref)))} allows no eviction now.`]),
    ...(services.length === 0 ? [] : [`Without a ready endpoint then: Service ${listed(services, 6)}.`]),
    ...[roomElsewhere(context.snapshot, node.name)?.said].filter((line) => line !== undefined),
    `Node ${node.name} is ${stateOfRef(context.snapshot, node)} now.`,
  ];
  const rows = losses.map((loss) => [
    refText(loss.workload),
    String(loss.here),
    String(loss.readyElsewhere),
    loss.effect,
  ]);
  const headline = `If Node ${node.name} goes, ${counted(losses.length, 'workload loses', 'workloads lose')} pods, and ${counted(down.length, 'of them is', 'of them are')} down.`;
  return { headline, table: { columns: ['workload', 'pods here', 'ready elsewhere', 'effect'], rows }, lines, objects };
}
