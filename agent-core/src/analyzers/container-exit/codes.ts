import type { CodeEntry } from '@autodevops/domain/finding';

export const completes: CodeEntry = {
  code: 'pod.exit.completes',
  group: 'crash',
  title: 'Program ends by itself and is started again',
  severity: 'critical',
  means:
    'The program does its work and ends without an error, but the pod is one whose containers are always started again: it looks like a crash loop, and is none.',
  recognised: 'A container ended with exit code 0 several times under restartPolicy Always.',
  nextSteps: [
    'If it should serve, start it in the foreground: it puts itself into the background, or its command has nothing left to do.',
    'If it should do one piece of work, run it as a Job or CronJob.',
  ],
  avoid: ['Do not append `sleep infinity` to keep the pod up.'],
};

export const sidecarRunsOn: CodeEntry = {
  code: 'pod.exit.sidecar-runs-on',
  group: 'crash',
  title: 'Job waits for a sidecar that never ends',
  severity: 'warning',
  means: 'The work of the job is done, but another container of its pod runs on, so the job never completes.',
  recognised:
    'In a pod of a Job, a container has ended with exit code 0 while another has run on for more than five minutes since.',
  nextSteps: [
    'Make the other container a native sidecar: an init container with restartPolicy Always (Kubernetes 1.29 and later) ends with the job.',
    'In older clusters let the main container tell it to stop, for a service mesh by its quit endpoint.',
  ],
  avoid: ['Do not delete the job before you know that its work was done.'],
};
