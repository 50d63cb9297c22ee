import { join } from 'node:path';
import type { CertificateFolder } from './certificates.ts';
import type { Component } from './component-process.ts';

export type ControlPlaneOptions = {
  /** Also runs kube-controller-manager: Deployments, Jobs, garbage collection, namespace deletion. Default true. */
  controllerManager?: boolean;
  /** Also runs kube-scheduler: binding, and Pending reasons against Node objects that a test creates. Default true. */
  scheduler?: boolean;
  /** Further arguments of kube-apiserver, such as `--feature-gates=...`. */
  apiServerArguments?: readonly string[];
};

export type Ports = { api: number; etcd: number; etcdPeer: number };

/** What one control plane is made of, in the order in which it starts. */
export function components(
  folder: string,
  tools: { etcd: string; kubernetes: string },
  ports: Ports,
  certificates: CertificateFolder,
  options: ControlPlaneOptions,
): Component[] {
  const managed = options.controllerManager ?? true;
  const list: Component[] = [
    { name: 'etcd', command: join(tools.etcd, 'etcd'), args: etcd(folder, ports, certificates) },
    {
      name: 'kube-apiserver',
      command: join(tools.kubernetes, 'kube-apiserver'),
      args: [...apiServer(ports, certificates, managed), ...(options.apiServerArguments ?? [])],
    },
  ];
  if (managed) {
    list.push({
      name: 'kube-controller-manager',
      command: join(tools.kubernetes, 'kube-controller-manager'),
      args: controllerManager(folder, certificates),
    });
  }
  if (options.scheduler ?? true) {
    list.push({ name: 'kube-scheduler', command: join(tools.kubernetes, 'kube-scheduler'), args: scheduler(folder) });
  }
  return list;
}

function etcd(folder: string, ports: Ports, certificates: CertificateFolder): string[] {
  const client = `https://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    '--unsafe-no-fsync=true',
    '--log-level=warn',
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    `--cert-file=${certificates.certificate('server')}`,
    `--key-file=${certificates.key('server')}`,
    '--client-cert-auth=true',
    `--trusted-ca-file=${certificates.certificate('ca')}`,
  ];
}

function apiServer(ports: Ports, certificates: CertificateFolder, managed: boolean): string[] {
  // Nothing reports a node's condition here, so nothing may taint a node for the lack of a report;
  // and nobody creates the ServiceAccount "default" of a namespace without a controller manager.
  const off = managed ? 'TaintNodesByCondition' : 'TaintNodesByCondition,ServiceAccount';
  return [
    '--bind-address=127.0.0.1',
    `--secure-port=${ports.api}`,
    '--endpoint-reconciler-type=none',
    '--allow-privileged=true',
    `--etcd-servers=https://127.0.0.1:${ports.etcd}`,
    `--etcd-cafile=${certificates.certificate('ca')}`,
    `--etcd-certfile=${certificates.certificate('server')}`,
    `--etcd-keyfile=${certificates.key('server')}`,
    `--tls-cert-file=${certificates.certificate('server')}`,
    `--tls-private-key-file=${certificates.key('server')}`,
    `--client-ca-file=${certificates.certificate('ca')}`,
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    `--disable-admission-plugins=${off}`,
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    '--service-cluster-ip-range=10.96.0.0/16',
    `--service-account-key-file=${certificates.key('service-accounts')}`,
    `--service-account-signing-key-file=${certificates.key('service-accounts')}`,
  ];
}

function controllerManager(folder: string, certificates: CertificateFolder): string[] {
  return [
    `--kubeconfig=${join(folder, 'controller-manager.kubeconfig')}`,
    '--secure-port=0',
    '--leader-elect=false',
    '--use-service-account-credentials=true',
    '--kube-api-qps=500',
    '--kube-api-burst=1000', // else its start alone takes five seconds
    // No kubelet renews a lease here: this controller would declare every Node of a test lost after 50 seconds.
    '--controllers=*,-node-lifecycle-controller',
    `--service-account-private-key-file=${certificates.key('service-accounts')}`,
    `--root-ca-file=${certificates.certificate('ca')}`,
    `--cluster-signing-cert-file=${certificates.certificate('ca')}`,
    `--cluster-signing-key-file=${certificates.key('ca')}`,
  ];
}

function scheduler(folder: string): string[] {
  return [
    `--kubeconfig=${join(folder, 'scheduler.kubeconfig')}`,
    '--secure-port=0',
    '--leader-elect=false',
    '--kube-api-qps=500',
    '--kube-api-burst=1000',
  ];
}
