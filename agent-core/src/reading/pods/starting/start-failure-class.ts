/** What stands in the way of a container's start, by the words of the kubelet and of the runtimes. */
export type StartClass =
  | 'platform'
  | 'command-missing'
  | 'argument-list'
  | 'not-executable'
  | 'working-directory'
  | 'hook'
  | 'security-profile'
  | 'user-namespace'
  | 'absent-container'
  | 'runtime-slow'
  | 'root-user'
  | 'reference'
  | 'mount'
  | 'memory'
  | 'init-lost'
  | 'gpu'
  | 'other';

/** What the runtime of a Windows node says of an image of another build. */
export const otherWindows = 'container operating system does not match the host operating system';

const words: readonly (readonly [StartClass, readonly string[]])[] = [
  ['platform', ['exec format error', otherWindows]],
  ['argument-list', ['argument list too long']],
  ['root-user', ['runasnonroot', 'non-root', 'will run as root']],
  [
    'security-profile',
    [
      'cannot load seccomp profile',
      'apparmor profile not found',
      'apparmor failed to apply profile',
      'cannot enforce apparmor',
      'seccomp profile not found',
    ],
  ],
  ['user-namespace', ['mount_attr_idmap', 'idmap mounts', 'id-mapped mounts', 'idmapped mounts']],
  [
    'runtime-slow',
    [
      'context deadline exceeded',
      'failed to reserve container name',
      'name is reserved for',
      'context canceled',
      'stream terminated by rst_stream',
    ],
  ],
  ['reference', ['configmap "', 'secret "', "couldn't find key", 'non-existent config key', 'non-existent secret key']],
  ['gpu', ['nvidia-container-cli', 'nvidia-container-runtime']],
  [
    'mount',
    [
      'subpath',
      'error mounting',
      'are you trying to mount a directory onto a file',
      'failed to create new parent process',
      'error during container init: error mounting',
    ],
  ],
  ['memory', ['oom-killed', 'memory limit too low', 'minimum memory limit', 'possibly oom']],
  // The process that the runtime starts first is gone, and nothing knows why.
  [
    'init-lost',
    ['init-p: ', 'read parent: connection reset', "final child's pid from pipe", 'waiting for init preliminary setup'],
  ],
  ['command-missing', ['no command specified']],
  ['other', ['seccomp', 'apparmor', 'failed to generate spec', 'cgroup', 'no such device']],
  ['hook', ['poststarthook', 'lifecycle hook']],
  [
    'working-directory',
    ['chdir to cwd', 'mkdir cwd', 'failed to mkdir', 'is not an absolute path, check your configuration'],
  ],
  ['not-executable', ['permission denied', 'is a directory', 'operation not permitted']],
  [
    'command-missing',
    [
      'executable file not found',
      'no such file or directory',
      'no command specified',
      'not found',
      'cannot find the file specified',
    ],
  ],
];

/** Of a message from a StartFailure. `reason` decides where the message is empty. */
export function startClassOf(reason: string, message: string): StartClass {
  const lower = message.toLowerCase();
  if (reason === 'PostStartHookError') return 'hook';
  if (absentContainerIn(message) !== '') return 'absent-container';
  return words.find(([, any]) => any.some((text) => lower.includes(text)))?.[0] ?? 'other';
}

/** The container of which a variable is to take a resource, in the kubelet's words: `container app not found`. */
export function absentContainerIn(message: string): string {
  return /^(?:Error: )?container ([a-z0-9-]{1,63}) not found$/.exec(message.trim())?.[1] ?? '';
}

/** The file or name of the profile that a node does not have; empty where the runtime does not tell it. */
export function profileIn(message: string): string {
  return (
    /(?:seccomp profile|profile) "([^"]{1,200})"/.exec(message)?.[1] ??
    /profile not found:? ([\w./-]{1,200})/.exec(message)?.[1] ??
    ''
  );
}

/** What the runtime could not execute: `foo` of `exec: "foo": ...`, `/x` of `stat /x: ...`. */
export function executableIn(message: string): string {
  for (const [open, close] of [
    ['exec: "', '"'],
    ['stat ', ':'],
    ['fork/exec ', ':'],
    ['exec ', ':'],
  ] as const) {
    const at = message.lastIndexOf(open);
    const start = at + open.length;
    const end = at < 0 ? -1 : message.indexOf(close, start);
    if (end > start && end - start < 200) return message.slice(start, end);
  }
  return '';
}
