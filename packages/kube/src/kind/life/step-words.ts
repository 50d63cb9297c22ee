import type { LocalStep } from '@autodevops/domain/local-cluster';

/** A step in words: while it goes on, and when it is over. */
export const stepWords: Readonly<Record<LocalStep, { readonly doing: string; readonly done: string }>> = {
  clear: { doing: 'Removing what an earlier run left', done: 'What was left is removed' },
  image: { doing: 'Fetching the node image', done: 'The node image is here' },
  mark: { doing: 'Labelling the node image', done: 'The node image is labelled' },
  nodes: { doing: "Starting the nodes' containers", done: "The nodes' containers run" },
  'control-plane': { doing: 'Starting Kubernetes', done: 'Kubernetes runs' },
  network: { doing: 'Installing the pod network', done: 'The pod network is installed' },
  storage: { doing: 'Installing the storage class', done: 'The storage class is installed' },
  workers: { doing: 'Joining the workers', done: 'The workers have joined' },
  kubeconfig: { doing: 'Writing the kubeconfig', done: 'The kubeconfig is written' },
  mirrors: { doing: 'Naming the registry mirrors', done: 'The registry mirrors are named' },
  ceiling: { doing: 'Bounding what the nodes may take', done: 'What the nodes may take is bounded' },
  start: { doing: 'Starting the nodes', done: 'The nodes are started' },
  ready: { doing: 'Waiting for the nodes', done: 'The nodes are ready' },
  images: { doing: 'Loading images', done: 'The images are loaded' },
  dns: { doing: "Waiting for the cluster's DNS", done: "The cluster's DNS answers" },
  stop: { doing: 'Stopping the nodes', done: 'The nodes are stopped' },
  remove: { doing: 'Removing the cluster', done: 'The cluster is removed' },
  load: { doing: 'Loading images', done: 'The images are loaded' },
  read: { doing: "Reading the cluster's objects", done: 'The objects are read' },
  restore: { doing: 'Putting the objects back', done: 'The objects are back' },
  agent: { doing: 'Starting the agent', done: 'The agent runs' },
};
