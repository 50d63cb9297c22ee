import type { Service } from '@autodevops/domain/kubernetes/network';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { nameList } from '../reading/name-list.ts';
import { isPlainWord } from '../reading/plain-word.ts';
import { balancerControllers, managedCloud, providerOfNodes } from '../reading/platform/balancer-controllers.ts';
import { stepsByWords } from './steps-by-words.ts';
import type { StepTable } from './steps-by-words.ts';

/** What to do first, by the words of whoever could not make a load balancer; of every cloud and of what stands in for one. */
const table: StepTable = [
  [
    /no more ip addresses available|no available ips|no ips? (?:is |are )?(?:available|left)|pool .{0,80}exhausted|ipaddressgenerationfailure|address pool is full/,
    'The pool or network that the message names has no free address: free addresses that nobody uses any more there, or add a range to it. Services of type LoadBalancer that are not needed hold one each: `kubectl get services -A`.',
  ],
  [
    /throttl|rate[ _-]?limit|rate exceeded|request[ _-]?limit|too ?many ?requests/,
    'The API of the cloud is asked too often, and the controller tries again by itself: see who else of the account asks that much (other clusters, other tools), or have that limit raised.',
  ],
  [
    /limit|quota|(?<!(?:deadline|timeout)[ _]?)exceeded|cannot create more than/,
    'The limit is that of the account, of the subscription or of this kind of load balancer, as the message says: delete what nobody uses any more (Services of type LoadBalancer in other clusters count, too), choose a larger type, or ask the cloud to raise it.',
  ],
  [
    /suitable subnets?|unable to resolve at least one subnet|subnet.{0,60}(?:not found|tag)/,
    'Tag the subnets in which load balancers may stand (AWS: `kubernetes.io/role/elb` for public ones, `kubernetes.io/role/internal-elb` for inner ones), or name them in the annotation of the Service.',
  ],
  [
    /multiple (?:tagged )?security groups/,
    'Leave the tag `kubernetes.io/cluster/NAME` on one security group of the interface only.',
  ],
  [
    /accessdenied|not authorized|authorizationfailed|unauthorizedoperation|permission|forbidden|\b403\b/,
    'Give the identity of the cluster, or of the controller, the permission that the message names, at the resource that it names; then it tries again by itself.',
  ],
  [
    /in-use|already in use|already allocated|is not available|conflict/,
    'Another load balancer or rule holds this address or port: find it in the cloud, or take `loadBalancerIP` and its annotation off, so that a free one is chosen.',
  ],
  [
    /cannot find public ip|not found|does not exist/,
    'What the Service names is not where it is looked for: compare the name, the resource group, the region and the project with those in the cloud.',
  ],
  [
    /timed? ?out|deadline[ _]?exceeded|no such host|connection refused|x509|tls:/,
    'The controller does not reach the API of the cloud: look at its way out (proxy, firewall, DNS, trusted authorities).',
  ],
];

/** Steps for a load balancer that was refused. */
export function balancerSteps(message: string): readonly string[] {
  return stepsByWords(table, message);
}

/** Annotation by which a Service asks for another controller than the cloud's own. */
const awsType = 'service.beta.kubernetes.io/aws-load-balancer-type';
const awsOwn = 'aws-load-balancer-controller';

/** A command to paste; empty where a recording has called the object what no name is. */
function commandOf({ namespace, name }: Pick<ObjectRef, 'namespace' | 'name'>, words: string): string {
  return [namespace, name].every(isPlainWord) ? `: \`kubectl -n ${namespace} ${words}\`` : '';
}

function ofController(snapshot: Snapshot, { metadata, spec }: Service): string | undefined {
  const controllers = balancerControllers(snapshot);
  const wantsAws = ['external', 'nlb-ip'].includes(metadata.annotations[awsType] ?? '');
  if (wantsAws && !controllers.some((ref) => ref.name.includes(awsOwn))) {
    return `The annotation \`${awsType}: ${metadata.annotations[awsType]}\` leaves this Service to the AWS Load Balancer Controller, of which no workload was seen: install it, or take the annotation off.`;
  }
  const [first] = controllers;
  if (first !== undefined) {
    const command = commandOf(first, `logs ${first.kind.toLowerCase()}/${first.name} --tail=200`);
    return `Read what ${nameList(controllers.map(refText))} says of it${command}.`;
  }
  return spec.loadBalancerClass === undefined
    ? undefined
    : `Install the controller that serves \`loadBalancerClass: ${spec.loadBalancerClass}\`; the field cannot be changed, so without it the Service must be made anew.`;
}

/** What to do about a Service that nobody answers, by who looks after load balancers here. */
export function pendingSteps(snapshot: Snapshot, service: Service): readonly string[] {
  const own = ofController(snapshot, service);
  if (own !== undefined) return [own];
  const cloud = managedCloud(snapshot);
  if (cloud !== '') {
    return [
      `${cloud} makes load balancers from outside of the cluster and tells of it in events${commandOf(service.metadata, `describe service ${service.metadata.name}`)}. Without any, see whether its controllers are healthy there, and whether the cluster's identity may make one.`,
    ];
  }
  const provider = providerOfNodes(snapshot);
  return [
    provider === ''
      ? 'These machines belong to no cloud, so nobody gives addresses: install MetalLB, kube-vip or the load balancing of the network plugin and give it a range, or use a NodePort, or an ingress controller on the host network.'
      : `The nodes are machines of "${provider}", and no cloud-controller-manager of it runs here: install it with an account that may make load balancers.`,
  ];
}
