import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'crash', severity: 'critical' } as const;

export const refusesRoot: CodeEntry = {
  ...base,
  code: 'pod.crash.refuses-root',
  title: 'Program refuses to run as root',
  means:
    'The container runs as root (user 0), and the program does not work as root on purpose: the image was made for another user, and the pod or a changed base image overrules it.',
  recognised:
    'The last words of a container that crashes are that it cannot, must not or is not supposed to run as root.',
  nextSteps: [
    'Set runAsUser (and runAsNonRoot: true) in the securityContext to the user that the image is made for; its documentation or Dockerfile names it.',
    'Set fsGroup to a group of that user, so that it can write to the volumes.',
  ],
  avoid: ['Do not switch the check of the program off.'],
};

export const needsRoot: CodeEntry = {
  ...base,
  code: 'pod.crash.needs-root',
  title: 'Program insists on being started as root',
  means:
    'The program (or the start script of its image) does things that only root may do, and the container runs as another user: because the pod, the namespace or the platform says so.',
  recognised: 'The last words of a container that crashes are that it must be run as root, or "are you root?".',
  nextSteps: [
    'Take an image that is made to run without root (many products have one), or change the start script so that it need not.',
    'If it must be root, and the policy of the namespace allows it: runAsUser 0 for this container only, with all capabilities dropped that it does not need.',
  ],
  avoid: ['Do not run it as privileged, and do not loosen the policy of the whole namespace for one image.'],
};

export const capabilityLacking: CodeEntry = {
  ...base,
  code: 'pod.crash.capability',
  title: 'Program lacks a capability of the kernel',
  means:
    'The program wants something of the kernel that only a process with a certain capability may have (to configure the network, to set capabilities of files, to look into other processes), and its container was not given it.',
  recognised:
    'The last words of a container that crashes name the capability (CAP_NET_ADMIN, CAP_SETFCAP and their like), or tell of an operation on the network that is not permitted.',
  nextSteps: [
    'Add just this capability to securityContext.capabilities.add of the container, where the namespace allows it (Pod Security, an SCC).',
    'Or switch off in the program what needs it.',
  ],
  avoid: ['Do not run the container as privileged for this.'],
};

export const userSwitch: CodeEntry = {
  ...base,
  code: 'pod.crash.user-switch',
  title: 'Start script may not change the user',
  means:
    'The image starts as root and means to go on as another user. The container is not allowed to: it runs without root, or its capabilities (SETUID, SETGID) were dropped.',
  recognised:
    'The last words of a container that crashes are that switching the user, setgroups, setuid or setgid is not permitted.',
  nextSteps: [
    'Run it as the user that it wants to become from the start: runAsUser and runAsGroup, with fsGroup for its volumes. Most images then leave the change out.',
    'Or give back the capabilities SETUID and SETGID, where the policy of the namespace allows it.',
  ],
  avoid: ['Do not run the container as privileged for this.'],
};
