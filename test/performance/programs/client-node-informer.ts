// The peer: client-node's informer on pods. Arguments: kubeconfig, URL, events to wait for.
import { CoreV1Api, KubeConfig, makeInformer } from '@kubernetes/client-node';
import { report } from '../measured-process.ts';

const [kubeconfig = '', url = '', count = '0'] = process.argv.slice(2);
const events = Number(count);
await fetch(`${url}/control/events?count=${events}`);
const config = new KubeConfig();
config.loadFromFile(kubeconfig);
const api = config.makeApiClient(CoreV1Api);
const informer = makeInformer(config, '/api/v1/pods', () => api.listPodForAllNamespaces());
globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
const started = performance.now();
let [updates, synced, lastUpdate] = [0, 0, 0];
const finished = new Promise<void>((resolve) => {
  informer.on('update', () => {
    updates += 1;
    lastUpdate = performance.now();
    if (events > 0 && updates >= events) resolve();
  });
});
// Resolves when the list has come; "connect" is told before that.
await informer.start();
synced = performance.now();
if (events > 0) await finished;
globalThis.gc?.();
const pods = informer.list().length;
report({
  pods,
  syncMilliseconds: synced - started,
  keptPerPod: (process.memoryUsage().heapUsed - before) / 1024 / Math.max(1, pods),
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  eventsPerSecond: events === 0 ? 0 : (updates / (lastUpdate - synced)) * 1000,
});
process.exit(0);
