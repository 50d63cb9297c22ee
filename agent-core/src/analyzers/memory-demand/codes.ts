import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'crash', severity: 'critical' } as const;

export const belowDemand: CodeEntry = {
  ...base,
  code: 'pod.memory.below-demand',
  title: 'Less memory than the program demands',
  means:
    'The program measures at its start how much memory it has, and refuses to run with so little. In a container that is the memory limit, or the heap that the runtime made of it. Nothing was killed.',
  recognised:
    'The last words of a container that crashes are that it requires at least so much memory, or more than is available.',
  nextSteps: [
    'Set the memory limit (and the request with it) to what the line demands, and some more for the program itself.',
    'For a JVM, see that the heap which it takes from the limit (-XX:MaxRAMPercentage, -Xmx) reaches the demand.',
  ],
  avoid: ['Do not switch the check off: the program is killed later instead.'],
};

export const sharedMemory: CodeEntry = {
  ...base,
  code: 'pod.memory.shared',
  title: 'Shared memory too small',
  means:
    'The program wants more shared memory than it gets. The folder /dev/shm of a container has 64 MiB, whatever the memory limit and the disk; and what a database sets aside at its start must fit into the memory limit, or into huge pages that exist.',
  recognised:
    'The last words of a container that crashes name a shared memory segment or /dev/shm, with "no space left on device", "Bus error" or "Cannot allocate memory".',
  nextSteps: [
    'Mount an emptyDir with `medium: Memory` and a sizeLimit at /dev/shm; it counts against the memory limit, so raise that with it.',
    'Where a server cannot set its buffers aside at the start, make them smaller (PostgreSQL: shared_buffers, huge_pages) or the limit larger.',
  ],
  avoid: ['Do not enlarge the disk or a claim: it is memory that is lacking.'],
};

export const lockedMemory: CodeEntry = {
  ...base,
  code: 'pod.memory.locked',
  title: 'May not lock its memory',
  means:
    'The program wants to keep its memory out of swap and may not: it lacks the capability IPC_LOCK, or the limit of locked memory is too low.',
  recognised:
    'The last words of a container that crashes are of mlock, of memory that is not locked, or of the memory that it failed to lock.',
  nextSteps: [
    'Add the capability IPC_LOCK to the securityContext of the container, or, where nodes have no swap, switch locking off in the program (Vault: `disable_mlock`; Elasticsearch: `bootstrap.memory_lock: false`).',
  ],
  avoid: [
    'Do not raise the memory limit: memory is not what is lacking.',
    'Do not run the container as privileged for this.',
  ],
};

export const gpuMemory: CodeEntry = {
  ...base,
  code: 'pod.memory.gpu',
  title: 'Memory of the GPU is too small',
  means:
    'The model, its cache or its batch does not fit into the memory of the GPU that the pod has, or somebody else uses the same GPU. Memory of the node and of the container is not concerned.',
  recognised:
    'The last words of a container that crashes are "CUDA out of memory", or that the cache of a model does not fit.',
  nextSteps: [
    'Make it need less: a shorter context (`--max-model-len`), a smaller batch, fewer parallel requests, a smaller or quantised model; the line mostly names the numbers.',
    'Or give it more: a GPU with more memory, or several (tensor parallelism).',
    'See who else uses the GPU (`nvidia-smi` on the node): shared GPUs do not divide their memory.',
  ],
  avoid: ['Do not raise the memory limit of the container: it does not count for the GPU.'],
};
