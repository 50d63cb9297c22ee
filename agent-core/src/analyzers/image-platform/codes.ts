import type { CodeEntry } from '@autodevops/domain/finding';

export const platformMissing: CodeEntry = {
  code: 'pod.image.no-platform',
  group: 'image',
  title: 'Image has no version for the node',
  severity: 'critical',
  means: 'The registry has the image, but not built for the processor or operating system of the node that pulled it.',
  recognised:
    'A container waits for its image, and the runtime quotes "no match for platform in manifest" or "no matching manifest for".',
  nextSteps: [
    'Build and push the image for the platform of the node (`docker buildx build --platform`).',
    'Until then, restrict the workload to nodes that it fits: nodeSelector kubernetes.io/arch.',
  ],
  avoid: ['Do not delete the pod: on the same nodes the pull fails again.'],
};

export const windowsBuild: CodeEntry = {
  code: 'pod.image.windows-build',
  group: 'image',
  title: 'Image of another build of Windows',
  severity: 'critical',
  means:
    'Windows shares its kernel with its containers, so a container runs only on nodes of the build that its image was made from.',
  recognised:
    'A container is not started, and the runtime says "The container operating system does not match the host operating system".',
  nextSteps: [
    'Take the tag of the image that belongs to the build of the node: `ltsc2019` to 10.0.17763, `ltsc2022` to 10.0.20348, `ltsc2025` to 10.0.26100.',
    'Or send the pods to nodes of that build: nodeSelector `node.kubernetes.io/windows-build`, beside `kubernetes.io/os: windows`.',
  ],
  avoid: ['Do not restart the pod: on the same node it never starts.'],
};

export const wrongArchitecture: CodeEntry = {
  code: 'pod.image.exec-format',
  group: 'image',
  title: 'Program of another architecture',
  severity: 'critical',
  means:
    'The kernel does not know the format of the program: the image was built for another processor, or its start script has no first line that names an interpreter.',
  recognised: 'A container ends at once, and the runtime or its shell says "exec format error".',
  nextSteps: [
    'Compare the architecture of the image with that of the node (`kubectl get node -o wide`), and build the image for it.',
    'If they agree, give the start script a first line such as `#!/bin/sh`.',
  ],
  avoid: ['Do not raise restart limits or probe times: it can never run there.'],
};
