import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'crash', severity: 'critical' } as const;

export const processorTooOld: CodeEntry = {
  ...base,
  code: 'pod.crash.processor',
  title: 'Processor of the node lacks an instruction',
  means:
    'The program uses instructions (AVX, SSE4.2, x86-64-v2) that the processor of its node, or the virtual one that it is shown, does not have. On another kind of node the same image runs.',
  recognised:
    'A container ends with exit code 132 (SIGILL), or its last words are "Illegal instruction" or that the CPU does not support something.',
  nextSteps: [
    'Run the workload on nodes with a newer processor (a nodeSelector on the instance type or a label of your own); for virtual machines pass the CPU of the host through.',
    'Or use a version of the image that was built for older processors.',
  ],
  avoid: ['Do not restart it on the same node: it ends the same way.'],
};

export const gpuUnfit: CodeEntry = {
  ...base,
  code: 'pod.crash.gpu-unfit',
  title: 'GPU or its driver is too old for the program',
  means:
    'The program finds a GPU and cannot use it: the libraries in the image were built for newer cards, or want a newer driver than that of the node. On another kind of node, or with another build of the image, it runs.',
  recognised:
    'The last words of a container that crashes, or of the runtime that should start it, are of a compute capability that is too low, of no kernel image for the device, or of a driver that is too old.',
  nextSteps: [
    'Too old a driver: update it on the node (its image, or the GPU operator), or take an image that was built with an older CUDA.',
    'Too old a card: choose nodes with a newer one (nodeSelector on the label of the GPU), or a build or data type that the card can do (float16 in place of bfloat16).',
  ],
  avoid: ['Do not put the driver into the image: it must be that of the node.'],
};

export const gpuDriver: CodeEntry = {
  ...base,
  code: 'pod.crash.gpu-driver',
  title: 'GPU driver is not to be had in the container',
  means:
    'The program looks for a GPU and its driver and finds none, or one that does not fit: the node has no driver or no container toolkit, the pod did not ask for a GPU, or driver and libraries are of different versions.',
  recognised:
    'The last words of a container that crashes are that NVML or libcuda cannot be loaded, that there is no CUDA device, or that the driver version does not fit.',
  nextSteps: [
    'On the node: see whether `nvidia-smi` works, and whether the container toolkit is set as a runtime of containerd or CRI-O (a driver that was updated wants a reboot).',
    'See whether the pod asks for the GPU (`resources.limits`) and, where the cluster has one, names the RuntimeClass for it.',
  ],
  avoid: ['Do not put the driver into the image: it must be that of the node.'],
};
