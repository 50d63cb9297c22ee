import { parseQuantity } from '@autodevops/domain/quantity';
import { taintText } from '../../reading/scheduling/taints.ts';
import { formatAmount } from '../../reading/scheduling/pod-request.ts';
import type { Field, Readers } from './field.ts';
import { field, one } from './field.ts';
import { bytes, cores, count } from './measures.ts';

function label(key: string): Readers {
  return { Node: ({ metadata }) => one(metadata.labels[key]) };
}

function address(type: string): Readers {
  return { Node: ({ status }) => status.addresses.filter((a) => a.type === type).map((a) => a.address) };
}

function amountOf(of: 'capacity' | 'allocatable', resource: string): Readers {
  return {
    Node: ({ status }) => {
      const amount = parseQuantity(status[of][resource]);
      return amount === undefined ? [] : [formatAmount(resource, amount)];
    },
  };
}

/** What those who sell clusters call a group of like nodes. */
const poolLabels = [
  'eks.amazonaws.com/nodegroup',
  'cloud.google.com/gke-nodepool',
  'kubernetes.azure.com/agentpool',
  'karpenter.sh/nodepool',
  'doks.digitalocean.com/node-pool',
];
const role = 'node-role.kubernetes.io/';

/** What nodes say of themselves. */
export const nodeFields: readonly Field[] = [
  field('taint', 'taints?|tainted(?: with)?', { Node: ({ spec }) => spec.taints.map(taintText) }),
  field('zone', '(?:availability )?zones?|az', label('topology.kubernetes.io/zone')),
  field('region', 'regions?', label('topology.kubernetes.io/region')),
  field(
    'instance type',
    '(?:instance|machine|vm|node) (?:types?|sizes?|classes)|types?|flavou?rs?',
    label('node.kubernetes.io/instance-type'),
  ),
  field('node pool', 'node ?(?:groups?|pools?)|pools?', {
    Node: ({ metadata }) => poolLabels.flatMap((key) => one(metadata.labels[key])).slice(0, 1),
  }),
  field('role', 'roles?', {
    Node: ({ metadata }) =>
      Object.keys(metadata.labels)
        .filter((key) => key.startsWith(role))
        .map((key) => key.slice(role.length)),
  }),
  field('internal IP', '(?:internal |node |private )?ips?(?: address(?:es)?)?|address(?:es)?', address('InternalIP')),
  field('external IP', '(?:external|public) ips?(?: address(?:es)?)?', address('ExternalIP')),
  field('pod network', 'pod ?(?:cidrs?|networks?|ranges?|subnets?)', { Node: ({ spec }) => one(spec.podCIDR) }),
  field('provider id', 'provider ?ids?|instance ids?', { Node: ({ spec }) => one(spec.providerID) }),
  field('kubelet version', '(?:kubelet |node |kubernetes |k8s )?versions?|kubelets?', {
    Node: ({ status }) => one(status.nodeInfo.kubeletVersion),
  }),
  field('container runtime', '(?:container )?runtimes?', {
    Node: ({ status }) => one(status.nodeInfo.containerRuntimeVersion),
  }),
  field('kernel', 'kernels?(?: versions?)?', { Node: ({ status }) => one(status.nodeInfo.kernelVersion) }),
  field('operating system', 'os(?: images?)?|operating systems?', {
    Node: ({ status }) => one(status.nodeInfo.osImage),
  }),
  field(
    'architecture',
    'arch(?:itectures?)?',
    { Node: ({ status }) => one(status.nodeInfo.architecture) },
    { values: /^(?:amd64|arm64|x86(?:_64)?)$/i },
  ),
  field('CPU capacity', '(?:cpu )?cores?|v?cpus?|(?:cpu|core) (?:capacity|count)', amountOf('capacity', 'cpu'), {
    measure: cores,
  }),
  field(
    'allocatable CPU',
    'allocatable (?:cpus?|cores?)|(?:cpus?|cores?) (?:available|allocatable)',
    amountOf('allocatable', 'cpu'),
    { measure: cores },
  ),
  field(
    'allocatable memory',
    '(?:allocatable )?(?:memory|ram)(?: available| allocatable| capacity)?',
    amountOf('allocatable', 'memory'),
    { measure: bytes },
  ),
  field(
    'allocatable disk',
    '(?:allocatable )?(?:disk(?: space)?|ephemeral storage|storage)',
    amountOf('allocatable', 'ephemeral-storage'),
    { measure: bytes },
  ),
  field(
    'most pods',
    '(?:max(?:imum)?|most) (?:number of )?pods|pod (?:limits?|capacity)',
    { Node: ({ status }) => one(status.allocatable['pods']) },
    { measure: count },
  ),
];
