// Our watch cache. Arguments: kubeconfig, URL, events to wait for. Without events: how fast pods are in step, how long
// the event loop stands still meanwhile, what they cost, and how fast a warm answer about every kind is. With events: how fast they go by while the diagnosis is kept
// current. Run with --expose-gc.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { diagnoseSnapshot } from '../../../agent-core/src/jamie/diagnose.ts';
import { kindNames } from '../../../packages/domain/src/kubernetes/kinds.ts';
import type { KindName } from '../../../packages/domain/src/kubernetes/kinds.ts';
import { createKubeClient } from '../../../packages/kube/src/http/client.ts';
import { loadClusterAccess } from '../../../packages/kube/src/kubeconfig/kubeconfig.ts';
import { createWatchCache } from '../../../packages/kube/src/watch/watch-cache.ts';
import type { WatchCache } from '../../../packages/kube/src/watch/watch-cache.ts';
import { median, report } from '../measured-process.ts';

const [kubeconfig = '', url = '', count = '0'] = process.argv.slice(2);
const events = Number(count);
const client = createKubeClient(await loadClusterAccess({ kubeconfig }));

async function inStep(kinds: readonly KindName[]): Promise<WatchCache> {
  const cache = createWatchCache({ client, kinds });
  await cache.ready(AbortSignal.timeout(120_000));
  return cache;
}

function megabytes(): number {
  return process.resourceUsage().maxRSS / 1024;
}

async function podsAlone(): Promise<Record<string, number>> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const started = performance.now();
  delay.enable();
  const cache = await inStep(['Pod']);
  const syncMilliseconds = performance.now() - started;
  delay.disable();
  const peakMegabytes = megabytes();
  globalThis.gc?.();
  const kept = process.memoryUsage().heapUsed - before;
  const pods = cache.snapshot().list('Pod').length;
  await cache.close();
  const longestStall = delay.max / 1e6;
  return { pods, syncMilliseconds, longestStall, peakMegabytes, keptPerPod: kept / 1024 / Math.max(1, pods) };
}

function timeOf(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

async function warmAnswers(): Promise<Record<string, number>> {
  const cache = await inStep(kindNames);
  const times = Array.from({ length: 20 }, () => timeOf(() => diagnoseSnapshot(cache.snapshot())));
  await cache.close();
  return { warmMilliseconds: median(times) };
}

async function keptCurrent(): Promise<Record<string, number>> {
  await fetch(`${url}/control/events?count=${events}`);
  const cache = createWatchCache({ client, kinds: kindNames });
  let [answers, causes] = [0, 0];
  cache.onChange(() => {
    answers += 1;
    causes = diagnoseSnapshot(cache.snapshot()).causes.length;
  });
  await cache.ready(AbortSignal.timeout(120_000));
  const [started, before] = [performance.now(), cache.statistics().events];
  while (cache.statistics().events < events) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
  const eventsPerSecond = ((events - before) / (performance.now() - started)) * 1000;
  const pods = cache.snapshot().list('Pod').length;
  await fetch(`${url}/control/events?count=0`);
  await cache.close();
  return { pods, eventsPerSecond, answers, causes };
}

const figures = events === 0 ? { ...(await podsAlone()), ...(await warmAnswers()) } : await keptCurrent();
client.close();
report(figures);
