import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'crash', severity: 'critical' } as const;

export const variableMissing: CodeEntry = {
  ...base,
  code: 'pod.crash.variable-missing',
  title: 'Environment variable missing',
  means: 'The program wants an environment variable that it is not given, or that is empty.',
  recognised: 'The last words of a container that crashes say that a variable is not set, required or missing.',
  nextSteps: ['Set the variable in `env` or `envFrom` of the container; look for another spelling or a missing prefix.'],
  avoid: ['Do not write a password into the pod template: take it from a Secret.'],
};

export const badArguments: CodeEntry = {
  ...base,
  code: 'pod.crash.bad-arguments',
  title: 'Program does not know its arguments',
  means: 'The program was started with a flag, option or command that it does not know, or without one that it wants. Often an option of another version.',
  recognised: 'The last words of a container that crashes are "unknown flag", "unrecognized option" or their like.',
  nextSteps: ['Correct `args` (or `command`) of the container for the version that the image holds.'],
  avoid: ['Do not wrap the command in a shell that hides the error: the pod would look well and do nothing.'],
};

export const badConfiguration: CodeEntry = {
  ...base,
  code: 'pod.crash.bad-configuration',
  title: 'Program rejects its configuration',
  means: 'The program reads its configuration and refuses it: a syntax error, an unknown field, an impossible value.',
  recognised: 'The last words of a container that crashes are of configuration that cannot be parsed or is not valid.',
  nextSteps: ['Correct the place that the log names, in the ConfigMap, Secret or variable that it comes from; then restart the workload if it reads it only at the start.'],
  avoid: ['Do not edit the file inside the container: the next start has the old one.'],
};

export const fileMissing: CodeEntry = {
  ...base,
  code: 'pod.crash.file-missing',
  title: 'File missing',
  means: 'The program wants a file that is neither in its image nor in what is mounted.',
  recognised: 'The last words of a container that crashes are "no such file or directory" or their like.',
  nextSteps: ['See whether the file should come from the image or from a volume, and whether a mount hides the folder of the image that holds it.'],
  avoid: ['Do not copy the file into the running container: the next start has lost it.'],
};
