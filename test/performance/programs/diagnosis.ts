// A cold diagnosis of the whole cluster. Arguments: kubeconfig, and how many times more (warm) to diagnose.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { diagnose } from '../../../agent-core/src/jamie/diagnose.ts';
import { openCluster } from '../../../packages/kube/src/reader/cluster-reader.ts';
import { report } from '../measured-process.ts';

const kubeconfig = process.argv[2] ?? '';
const delay = monitorEventLoopDelay({ resolution: 5 });
const started = performance.now();
delay.enable();
const reader = await openCluster({ kubeconfig });
const answer = await diagnose(reader, {}, { signal: AbortSignal.timeout(120_000) });
const milliseconds = performance.now() - started;
delay.disable();
await reader.close();
report({
  milliseconds,
  pods: answer.observed.objects['Pod'] ?? 0,
  causes: answer.causes.length,
  longestStall: delay.max / 1e6,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
});
