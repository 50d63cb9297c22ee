import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Because } from '@autodevops/domain/finding';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { lastComplaint } from '../reading/output/last-complaint.ts';
import { tellingPart } from '../reading/output/telling-part.ts';
import { podsStandingFor } from '../reading/pods/pods-standing-for.ts';
import { said } from '../reading/said.ts';
import { fromOutput } from './output-evidence.ts';

/** What konnectivity answers in place of the pod that was asked. */
const noAgent = 'no agent available';
const agentName = 'konnectivity-agent';

/** That the tunnel from the API server to the nodes is down, and what its agents say. */
export interface TunnelEvidence {
  /** Follows a sentence. */
  readonly sentence: string;
  readonly step: string;
  readonly evidence: readonly Evidence[];
  readonly because: readonly Because[];
}

function agentsIn(snapshot: Snapshot): readonly ObjectRef[] {
  const named = ({ metadata }: { readonly metadata: { readonly name: string } }): boolean =>
    metadata.name.includes(agentName);
  return [
    ...snapshot
      .list('DaemonSet')
      .filter(named)
      .map((d) => refTo('DaemonSet', d)),
    ...snapshot
      .list('Deployment')
      .filter(named)
      .map((d) => refTo('Deployment', d)),
  ];
}

/** Where a message of the API server says that its tunnel to the nodes has no agent: it reaches no pod, kubelet or webhook then. */
export function tunnelEvidence(snapshot: Snapshot, message: string): TunnelEvidence | undefined {
  if (!message.toLowerCase().includes(noAgent)) return undefined;
  const agents = agentsIn(snapshot);
  const pods = agents.flatMap((ref) => podsStandingFor(snapshot, ref));
  // They run and are ready all the while that they cannot connect.
  const [complaint] = pods.flatMap((pod) => {
    const found = lastComplaint(snapshot, pod, 'any');
    return found === undefined ? [] : [{ pod, ...found }];
  });
  const says = complaint === undefined ? '' : ` One of the agents says: ${said(tellingPart(complaint.line))}.`;
  return {
    sentence: ` The API server reaches the nodes through konnectivity, and no agent of it is connected.${says}`,
    step: `See why the agents (konnectivity-agent) do not reach the konnectivity server: its address and port (\`--proxy-server-host\`, 8132) from the nodes, and with several control planes that agents connect to each of them. Until then \`kubectl logs\`, \`exec\` and webhooks fail, too.`,
    evidence: complaint === undefined ? [] : [fromOutput(refTo('Pod', complaint.pod), complaint.view, complaint.line)],
    because: agents.map((object) => ({ object, codes: ['pod.', 'workload.', 'daemonset.', 'network-policy.'] })),
  };
}
