import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'crash', severity: 'critical' } as const;

export const commandMissing: CodeEntry = {
  ...base,
  code: 'pod.start.command-not-found',
  title: 'Command not found in the image',
  means: 'The command that the container is to run does not exist in its image, or the interpreter in its first line does not. The container can never start like this.',
  recognised: 'The runtime quotes "executable file not found in $PATH" or "no such file or directory" for the command, or a shell ends with 127 and says "not found".',
  nextSteps: ['Compare `command` and `args` of the container with what the image holds; remember that `command` replaces the ENTRYPOINT of the image.', 'A command with blanks in one string is looked for as one file name: split it into a list.', 'For a script that is there, check its first line and that it has no Windows line ends.'],
  avoid: ['Do not delete the pod to retry: nothing changes between tries.'],
};

export const interpreterMissing: CodeEntry = {
  ...base,
  code: 'pod.start.interpreter-missing',
  title: 'What should run the command is not in the image',
  means: 'The file of the command is there, but the kernel does not find what its beginning names to run it: the interpreter in the first line of a script (Windows line ends make "/bin/sh" into a name with a carriage return), or the loader of another C library for a binary.',
  recognised: 'The runtime found the command and then wrote "exec COMMAND: no such file or directory"; the container ended at once.',
  nextSteps: ['For a script: see its first line (`head -1 FILE | od -c`), save it with Unix line ends (`dos2unix`, `.gitattributes` with `*.sh text eol=lf`), and see that the interpreter is in the image.', 'For a binary: build it without a C library of its own (`CGO_ENABLED=0`), or for the one in the base image: a glibc binary does not run in Alpine.'],
  avoid: ['Do not look for the file: it is where it should be.'],
};

export const notExecutable: CodeEntry = {
  ...base,
  code: 'pod.start.not-executable',
  title: 'Command may not be executed',
  means: 'The command exists, but may not be executed: the file has no execute permission, is a folder, or the user of the container may not run it.',
  recognised: 'The runtime quotes "permission denied" for the command, or a shell ends with 126.',
  nextSteps: ['Give the file its execute permission in the image (`chmod +x`), or call it through its interpreter.', 'For a script that is mounted from a ConfigMap, set defaultMode to 0755.'],
  avoid: ['Do not run the container as root or privileged for this.'],
};

export const badWorkingDirectory: CodeEntry = {
  ...base,
  code: 'pod.start.working-directory',
  title: 'Working directory cannot be entered',
  means: 'The folder that the container is to start in does not exist or may not be entered.',
  recognised: 'The runtime quotes "chdir to cwd ... failed" or that it cannot make the working directory.',
  nextSteps: ['Correct workingDir of the container, or the permissions of that folder in the image.'],
  avoid: ['Do not make the folder writable for everybody or run as root for this.'],
};

export const hookFailed: CodeEntry = {
  ...base,
  code: 'pod.start.hook-failed',
  title: 'postStart hook fails',
  means: 'The kubelet kills a container whose postStart hook fails, and starts it again.',
  recognised: 'An event FailedPostStartHook, or a container that waits with PostStartHookError.',
  nextSteps: ['Run the hook by hand in a container that stays up, and correct it.', 'The hook runs at the same time as the main program: let it wait for what it needs from it.'],
  avoid: ['Do not make the hook ignore every error: its work would be missing silently.'],
};

export const runsAsRoot: CodeEntry = {
  ...base,
  code: 'pod.start.must-not-run-as-root',
  title: 'Container must not run as root',
  means: 'The pod demands runAsNonRoot, and the image would run as root (or names its user in a way that the kubelet cannot check).',
  recognised: 'A container waits with CreateContainerConfigError that quotes runAsNonRoot.',
  nextSteps: ['Set securityContext.runAsUser to a numeric user other than 0 that the image works with, or set a numeric USER in the image.'],
  avoid: ['Do not remove runAsNonRoot: it keeps the container from running as root.'],
};

export const startFailed: CodeEntry = {
  ...base,
  code: 'pod.start.failed',
  title: 'Container cannot be started',
  means: 'The kubelet or the container runtime cannot create or start the container, for none of the usual reasons.',
  recognised: 'A container waits with CreateContainerError, CreateContainerConfigError or RunContainerError, or ended with StartError.',
  nextSteps: ['Read the quoted message; then the events of the pod and the log of the runtime on the node (`journalctl -u containerd`).'],
  avoid: ['Do not delete the pod before you have its events: they are the only trace of the reason.'],
};
