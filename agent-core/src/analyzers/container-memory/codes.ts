import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'crash', severity: 'critical' } as const;

export const memoryLimit: CodeEntry = {
  ...base,
  code: 'pod.memory.limit',
  title: 'Killed at its memory limit',
  means: 'The container needs more memory than its limit allows, so the kernel kills it again and again.',
  recognised:
    'A container ended with reason OOMKilled soon after its start, and has a memory limit; or it is lost before its program begins within a limit of 32Mi or less, or with a volume in memory.',
  nextSteps: [
    'Raise the memory limit (and the request with it) to what the program needs, or lower what it uses: heap size, worker count, caches.',
  ],
  avoid: ['Do not remove the limit: the node would run out of memory instead.'],
};

export const memoryLeak: CodeEntry = {
  ...base,
  code: 'pod.memory.leak',
  title: 'Memory grows until the limit',
  severity: 'warning',
  means:
    'The container runs well for a long time, then reaches its memory limit and is killed, again and again: memory that is never given back, or a cache without bounds.',
  recognised: 'A container was ended with reason OOMKilled after a long run, and not for the first time.',
  nextSteps: [
    'Look at the memory of the container over its last runs: a steady slope is a leak, a step is a large request.',
    'Take a heap profile shortly before the limit; compare with the release before.',
    'Until it is found, a higher limit makes the kills rarer.',
  ],
  avoid: ['Do not take a higher limit for the cure: a leak fills any limit.'],
};

export const nodeMemory: CodeEntry = {
  ...base,
  code: 'pod.memory.node-exhausted',
  title: 'Killed because the node had no memory',
  means:
    'The kernel killed a process of the container because the node as a whole ran out of memory. The container has no memory limit, or was within it: whoever fills the node need not be the one that is killed.',
  recognised:
    'A container without a memory limit ended with reason OOMKilled, or any was killed (SIGKILL) at a time of which an event SystemOOM says that its node ran out of memory.',
  nextSteps: [
    'Find out what uses the memory of the node (`kubectl top pod -A --sort-by=memory`), and give the pods requests and limits.',
  ],
  avoid: ['Do not only restart the pod: it is killed again when the node is full again.'],
};

export const heapExhausted: CodeEntry = {
  ...base,
  code: 'pod.memory.heap',
  title: 'Program out of memory by its own limit',
  means:
    'The runtime (JVM, Node.js, PHP, .NET, Go) could give the program no more memory. The kernel did not kill it: the bound is that of the runtime or the memory is wasted within it.',
  recognised:
    'The log has java.lang.OutOfMemoryError, "JavaScript heap out of memory" or its like, and the container was not ended with OOMKilled.',
  nextSteps: [
    'Raise the bound of the runtime (-XX:MaxRAMPercentage or -Xmx, --max-old-space-size, memory_limit) to fit the memory limit of the container, or raise both.',
    'If it comes after long runs, take a heap dump (-XX:+HeapDumpOnOutOfMemoryError).',
  ],
  avoid: ['Do not raise only the limit of the container: a fixed heap size does not grow with it.'],
};

export const processKilled: CodeEntry = {
  ...base,
  code: 'pod.memory.process-killed',
  title: 'Processes within a container are killed, most likely for memory',
  means:
    'A worker process of the program is killed (SIGKILL) again and again while its first process, and so the container, lives on: no restart and no OOMKilled are to be seen. It is what the kernel does at the memory limit of the container.',
  recognised:
    'A server that is not ready says several times that a worker or child of it was killed by signal 9, and not that it killed it itself after a timeout.',
  nextSteps: [
    'Compare the memory of the container with its limit (`kubectl top pod --containers`, or container_oom_events_total), and see in the kernel log of the node who was killed (`journalctl -k --grep "Killed process"`).',
    'Raise the limit, or run fewer workers, or have them replaced after a number of requests.',
  ],
  avoid: ['Do not raise the timeouts for this: the requests of a killed worker are lost at once.'],
};
