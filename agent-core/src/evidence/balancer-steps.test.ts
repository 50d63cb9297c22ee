import { Snapshot } from '@autodevops/domain/snapshot';
import { partsFrom } from '@autodevops/testkit/fixture';
import { describe, expect, it } from 'vitest';
import { balancerSteps, pendingSteps } from './balancer-steps.ts';

describe('steps for a load balancer that was refused', () => {
  it.each([
    ['No more IP addresses available on network 5a0f', 'has no free address'],
    ['Cannot create more than 20 public IP addresses for this subscription', 'limit is that of the account'],
    ['ResponseError: Throttling: Rate exceeded', 'asked too often'],
    ['RequestLimitExceeded: Request limit exceeded.', 'asked too often'],
    ['could not find any suitable subnets for creating the ELB', 'kubernetes.io/role/elb'],
    ['Multiple tagged security groups found for instance i-1', 'on one security group'],
    ['User is not authorized to perform: elasticloadbalancing:CreateLoadBalancer', 'Give the identity'],
    ['Specified IP address is in-use and would result in a conflict', 'holds this address'],
    ['cannot find public IP with IP address 1.2.3.4 in resource group mc', 'not where it is looked for'],
    ['Post "https://keystone:5000": x509: certificate signed by unknown authority', 'does not reach the API'],
    ['failed to ensure load balancer: context deadline exceeded', 'does not reach the API'],
    ['Client.Timeout exceeded while awaiting headers', 'does not reach the API'],
  ])('fit %s', (message, words) => {
    expect(balancerSteps(message).join(' ')).toContain(words);
  });

  it('are none where the message has no words that are known', () => {
    expect(balancerSteps('computer says no')).toEqual([]);
  });
});

function stepsAmong(objects: readonly object[], service: object = {}): string {
  const wanted = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'edge', name: 'web', ...(service as { metadata?: object }).metadata },
    spec: { type: 'LoadBalancer', ...(service as { spec?: object }).spec },
  };
  const snapshot = new Snapshot(partsFrom([wanted, ...objects], '2026-03-10T12:00:00Z'));
  return snapshot
    .list('Service')
    .flatMap((s) => pendingSteps(snapshot, s))
    .join(' ');
}

function node(labels: object, providerID = '') {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', labels }, spec: { providerID } };
}

describe('steps for a load balancer that nobody speaks of', () => {
  it('name the controller that runs here', () => {
    const template = { spec: { containers: [{ name: 'c', image: 'quay.io/metallb/controller:v0.14.8' }] } };
    const controller = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: 'metallb-system', name: 'controller' },
      spec: { template },
    };
    expect(stepsAmong([controller, node({})])).toContain('kubectl -n metallb-system logs deployment/controller');
  });

  it('hold no command where a recording calls the controller what no name is', () => {
    const template = { spec: { containers: [{ name: 'c', image: 'quay.io/metallb/controller:v0.14.8' }] } };
    const metadata = { namespace: 'metallb-system', name: '$(id)' };
    const controller = { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template } };
    expect(stepsAmong([controller, node({})])).not.toContain('kubectl');
  });

  it('name the one that is missing, by annotation or class', () => {
    const annotations = { 'service.beta.kubernetes.io/aws-load-balancer-type': 'external' };
    expect(stepsAmong([], { metadata: { annotations } })).toContain('AWS Load Balancer Controller');
    expect(stepsAmong([], { spec: { loadBalancerClass: 'example.io/lb' } })).toContain('example.io/lb');
  });

  it('send to the cloud that runs the cluster, or to what is to be installed', () => {
    expect(stepsAmong([node({ 'cloud.google.com/gke-nodepool': 'a' })])).toContain('GKE makes load balancers');
    expect(stepsAmong([node({}, 'openstack:///1')])).toContain('machines of "openstack"');
    expect(stepsAmong([node({}, 'k3s://n1')])).toContain('MetalLB');
  });
});
