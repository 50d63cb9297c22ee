import type { CodeEntry } from '@autodevops/domain/finding';

const avoid = ['Do not upgrade more than one minor version of the control plane at a time.'];

export const kubeletNewer: CodeEntry = {
  code: 'version.kubelet.newer',
  group: 'node',
  title: 'Kubelet is newer than the API server',
  severity: 'warning',
  means: 'A kubelet may never be newer than the API server: it may use fields and APIs that the server does not know.',
  recognised: 'The minor version of status.nodeInfo.kubeletVersion is above that of the API server.',
  nextSteps: ['Upgrade the control plane first, or put the older kubelet back on the node.'],
  avoid,
};

export const kubeletTooOld: CodeEntry = {
  code: 'version.kubelet.too-old',
  group: 'node',
  title: 'Kubelet is too old for the API server',
  severity: 'warning',
  means:
    'The kubelet is more minor versions behind the API server than the version skew policy allows (three; two for kubelets before 1.25). It may fail to run pods that use newer fields.',
  recognised: 'The minor version of status.nodeInfo.kubeletVersion is too far below that of the API server.',
  nextSteps: ['Drain the node and upgrade its kubelet, one minor version at a time or by replacing the node.'],
  avoid,
};

export const proxySkew: CodeEntry = {
  code: 'version.kube-proxy.skew',
  group: 'node',
  title: 'kube-proxy does not fit the API server',
  severity: 'warning',
  means: 'kube-proxy may not be newer than the API server and at most three minor versions older.',
  recognised: 'The tag of the image in the DaemonSet kube-system/kube-proxy against the version of the API server.',
  nextSteps: ['Set the image of the DaemonSet kube-proxy to the version of the control plane.'],
  avoid,
};
