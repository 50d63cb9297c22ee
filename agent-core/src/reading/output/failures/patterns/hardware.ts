import type { FailurePattern } from '../failure-pattern.ts';

/** About memory, GPUs, and what the processor can execute. */
export const ofHardware: readonly FailurePattern[] = [
  {
    kind: 'gpu-memory',
    any: [
      'cuda out of memory',
      'cuda error: out of memory',
      'cuda_error_out_of_memory',
      'hip out of memory',
      'hip error: out of memory',
      'cudamalloc failed',
      'cublas_status_alloc_failed',
      'cudnn_status_alloc_failed',
      'no available memory for the cache blocks',
      'can be stored in kv cache',
      'kv cache is needed',
      'unable to allocate cuda',
      'out of gpu memory',
      'desired gpu memory utilization',
    ],
  },
  {
    kind: 'gpu-unfit',
    any: [
      'no kernel image is available',
      'compute capability',
      'driver on your system is too old',
      'unsatisfied condition: cuda',
      'unsatisfied condition: driver',
      'compiled with an unsupported toolchain',
      'forward compatibility was attempted',
      'is not compatible with the current pytorch',
    ],
    with: ['cuda', 'gpu', 'nvidia', 'driver', 'ptx'],
  },
  {
    kind: 'heap',
    any: [
      'javascript heap out of memory',
      'fatal error: runtime: out of memory',
      'memoryerror',
      'allocation failed - javascript heap',
      'system.outofmemoryexception',
      'std::bad_alloc',
      'allowed memory size of',
      'cannot allocate memory',
      'insufficient memory for the java runtime',
    ],
  },
  {
    kind: 'gpu-driver',
    any: [
      'could not load nvml library',
      'failed to initialize nvml',
      'cuda driver version is insufficient',
      'no cuda-capable device',
      'no cuda gpus are available',
      "couldn't communicate with the nvidia driver",
      'found no nvidia driver',
      'libcuda.so',
      'libnvidia-ml.so',
    ],
    without: ['successfully', 'loaded '],
  },
  {
    kind: 'processor',
    any: [
      'illegal instruction',
      'requires a cpu with',
      'cpu does not support',
      'cpu lacks',
      'instruction check fail',
      'the processor does not support',
    ],
  },
  {
    kind: 'platform',
    any: [
      'exec format error',
      'cannot execute binary file',
      'rosetta error',
      'qemu: uncaught target signal',
      'invalid elf header',
    ],
  },
];
