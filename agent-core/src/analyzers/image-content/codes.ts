import type { CodeEntry } from '@autodevops/domain/finding';

export const partMissing: CodeEntry = {
  code: 'pod.crash.part-missing',
  group: 'crash',
  title: 'Image lacks a part that its program needs',
  severity: 'critical',
  means:
    'The program starts and does not find a library, module, class or runtime of the version that it was built for. The image is not complete; nothing in the cluster can add to it.',
  recognised:
    'The last words of a container that crashes are "cannot open shared object file", "version `GLIBC_2.34\' not found", "Cannot find module", "No module named", "ClassNotFound" and their like, or that a runtime has another version than the program wants.',
  nextSteps: [
    'Build the image again with what is missing: the dependency in its list, the folder that the last build stage copies, a base image of the version that the program was built for.',
    'Until then run the image before it.',
  ],
  avoid: ['Do not install it in the running container: the next start has lost it.'],
};
