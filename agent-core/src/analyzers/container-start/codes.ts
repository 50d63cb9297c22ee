import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'crash', severity: 'critical' } as const;

export const commandMissing: CodeEntry = {
  ...base,
  code: 'pod.start.command-not-found',
  title: 'Command not found in the image',
  means:
    'The command that the container is to run does not exist in its image, or the interpreter in its first line does not. The container can never start like this.',
  recognised:
    'The runtime quotes "executable file not found in $PATH" or "no such file or directory" for the command, or a shell ends with 127 and says "not found".',
  nextSteps: [
    'Compare `command` and `args` of the container with what the image holds; remember that `command` replaces the ENTRYPOINT of the image.',
    'A command with blanks in one string is looked for as one file name: split it into a list.',
    'For a script that is there, check its first line and that it has no Windows line ends.',
  ],
  avoid: ['Do not delete the pod to retry: nothing changes between tries.'],
};

export const interpreterMissing: CodeEntry = {
  ...base,
  code: 'pod.start.interpreter-missing',
  title: 'What should run the command is not in the image',
  means:
    'The file of the command is there, but the kernel does not find what its beginning names to run it: the interpreter in the first line of a script (Windows line ends make "/bin/sh" into a name with a carriage return), or the loader of another C library for a binary.',
  recognised:
    'The runtime found the command and then wrote "exec COMMAND: no such file or directory"; the container ended at once.',
  nextSteps: [
    'For a script: see its first line (`head -1 FILE | od -c`), save it with Unix line ends (`dos2unix`, `.gitattributes` with `*.sh text eol=lf`), and see that the interpreter is in the image.',
    'For a binary: build it without a C library of its own (`CGO_ENABLED=0`), or for the one in the base image: a glibc binary does not run in Alpine.',
  ],
  avoid: ['Do not look for the file: it is where it should be.'],
};

export const notExecutable: CodeEntry = {
  ...base,
  code: 'pod.start.not-executable',
  title: 'Command may not be executed',
  means:
    'The command exists, but may not be executed: the file has no execute permission, is a folder, or the user of the container may not run it.',
  recognised: 'The runtime quotes "permission denied" for the command, or a shell ends with 126.',
  nextSteps: [
    'Give the file its execute permission in the image (`chmod +x`), or call it through its interpreter.',
    'For a script that is mounted from a ConfigMap, set defaultMode to 0755.',
  ],
  avoid: ['Do not run the container as root or privileged for this.'],
};

export const argumentList: CodeEntry = {
  ...base,
  code: 'pod.start.argument-list',
  title: 'Arguments and environment are too long for the kernel',
  means:
    'The kernel takes only so much of arguments and environment together (mostly 2 MiB, 128 KiB for each), and the container has more. Mostly they are the variables that Kubernetes sets for every Service of the namespace, seven and more for each; else a variable or argument that holds a whole file.',
  recognised: 'The runtime quotes "argument list too long" for the command.',
  nextSteps: [
    'Set `enableServiceLinks: false` in the pod template: programs that find their Services by DNS do not need these variables.',
    'Mount what is large as a file, and do not hand it over as a variable or argument.',
  ],
  avoid: ['Do not look for the fault in the image: the same image starts in a namespace with fewer Services.'],
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
  nextSteps: [
    'Run the hook by hand in a container that stays up, and correct it.',
    'The hook runs at the same time as the main program: let it wait for what it needs from it.',
  ],
  avoid: ['Do not make the hook ignore every error: its work would be missing silently.'],
};

export const runsAsRoot: CodeEntry = {
  ...base,
  code: 'pod.start.must-not-run-as-root',
  title: 'Container must not run as root',
  means:
    'The pod demands runAsNonRoot, and the image would run as root (or names its user in a way that the kubelet cannot check).',
  recognised: 'A container waits with CreateContainerConfigError that quotes runAsNonRoot.',
  nextSteps: [
    'Set securityContext.runAsUser to a numeric user other than 0 that the image works with, or set a numeric USER in the image.',
  ],
  avoid: ['Do not remove runAsNonRoot: it keeps the container from running as root.'],
};

export const securityProfile: CodeEntry = {
  ...base,
  code: 'pod.start.security-profile',
  title: 'Security profile is not on the node',
  means:
    'The container is to run under a seccomp or AppArmor profile of the node (type Localhost), and the node does not have it: it was never put there, or the node is new.',
  recognised: 'The runtime quotes "cannot load seccomp profile", "apparmor profile not found" or their like.',
  nextSteps: [
    'Put the profile on every node that may run the pod: a seccomp profile as a file below /var/lib/kubelet/seccomp, an AppArmor profile loaded with `apparmor_parser -r`. A DaemonSet or the Security Profiles Operator does so for new nodes as well.',
    'Check the name in localhostProfile: a seccomp file is named by its path below that folder.',
    'Where the profile of the runtime is enough, use type RuntimeDefault.',
  ],
  avoid: ['Do not run the container unconfined or privileged to have it start.'],
};

export const userNamespace: CodeEntry = {
  ...base,
  code: 'pod.start.user-namespace',
  title: 'Volume cannot be mounted into a user namespace',
  means:
    'The pod has user IDs of its own (hostUsers: false). Its volumes must then be mounted with mapped IDs, which their file system or the kernel of the node does not offer: NFS and many FUSE file systems do not.',
  recognised: 'The runtime quotes "failed to set MOUNT_ATTR_IDMAP" or that ID-mapped mounts are not supported.',
  nextSteps: [
    'Take a volume whose file system can do it (ext4, xfs, tmpfs and others on a new kernel), or set `hostUsers: true` for this workload.',
    'If the file system should be able to, see the kernel of the node: it may be too old.',
  ],
  avoid: ['Do not run the pod privileged for this.'],
};

export const absentContainer: CodeEntry = {
  ...base,
  code: 'pod.start.absent-container',
  title: 'Variable takes a resource of a container that does not exist',
  means:
    'A variable is to take a request or limit (resourceFieldRef) of a container that the pod does not have. The kubelet cannot work out its value and does not make the container.',
  recognised: 'A container waits with CreateContainerConfigError and the kubelet says "container NAME not found".',
  nextSteps: ['Correct resourceFieldRef.containerName, or leave it out: it then means the container itself.'],
  avoid: ['Do not add a container of that name for this.'],
};

export const runtimeSlow: CodeEntry = {
  ...base,
  code: 'pod.start.runtime-slow',
  title: 'Container runtime of the node answers too late',
  means:
    'The kubelet asked the container runtime of the node to make a container and got no answer in time. It asks again while the first try still goes on, so that the name is taken. Mostly the disk of the node is overloaded, or the runtime hangs.',
  recognised:
    'A container waits with CreateContainerError, and the kubelet quotes "context deadline exceeded" or "failed to reserve container name".',
  nextSteps: [
    'On the node: load and disk latency (`iostat -x 1`), then the log of the runtime (`journalctl -u containerd`).',
    'Cordon the node until it answers, so that no further pods go there.',
  ],
  avoid: ['Do not delete the pods again and again: each start is more work for the same runtime.'],
};

export const startFailed: CodeEntry = {
  ...base,
  code: 'pod.start.failed',
  title: 'Container cannot be started',
  means: 'The kubelet or the container runtime cannot create or start the container, for none of the usual reasons.',
  recognised:
    'A container waits with CreateContainerError, CreateContainerConfigError or RunContainerError, or ended with StartError.',
  nextSteps: [
    'Read the quoted message; then the events of the pod and the log of the runtime on the node (`journalctl -u containerd`).',
  ],
  avoid: ['Do not delete the pod before you have its events: they are the only trace of the reason.'],
};

export const nodeStartsNoContainer: CodeEntry = {
  group: 'node',
  severity: 'critical',
  code: 'node.container.failing',
  title: 'Containers of several workloads do not start on one node',
  means:
    "The container runtime of the node fails in the same way at containers of different workloads: it is the node's trouble, not theirs. What runs there goes on running.",
  recognised:
    'Containers of two workloads or more on one node cannot be created or started, and the runtime says the same of them, which no other code is about.',
  nextSteps: [
    'Read the quoted message; then the log of the container runtime on the node (`journalctl -u containerd -n 200`), and what was changed there last: a kernel, a runtime, its configuration.',
    'Cordon the node until it is mended, so that the scheduler takes others.',
  ],
  avoid: ['Do not look for the fault in the images: they start on other nodes.'],
};
