import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'crash', severity: 'critical' } as const;

export const dataDamaged: CodeEntry = {
  ...base,
  code: 'pod.data.damaged',
  title: 'Server finds its data damaged',
  means:
    'A database, queue or store reads files in its own volume that are cut off or corrupt, and refuses to start: a power cut, a killed write, a full disk or a second writer.',
  recognised:
    'The last words of a container that crashes are those of a server that found a corrupt file, page, log or checkpoint of its own.',
  nextSteps: [
    'Take a snapshot or a copy of the volume before anything else: a repair may lose more.',
    "Then use the server's own way of repair that the log names, or restore the last good backup; with replicas, rebuild this one from the others.",
  ],
  avoid: ['Do not delete the volume or its files to get the server up: they may be all that is left.'],
};

export const dataOfAnother: CodeEntry = {
  ...base,
  code: 'pod.data.other-version',
  title: 'Data is of another version or cluster',
  means:
    'The server finds files that another major version, or another cluster of its kind, wrote, and refuses to use them. Mostly an image was moved by more than one step, or a volume was given to another installation.',
  recognised:
    'The last words of a container that crashes say that its data files are incompatible, cannot be upgraded or downgraded by this version, or belong to another cluster.',
  nextSteps: [
    'Run the version that wrote the data again; then upgrade as the server wants it: by its upgrade tool, step by step, or by dump and restore.',
    'If the volume is of another installation, give the server its own.',
  ],
  avoid: [
    'Do not delete the data to get the new version up.',
    'Do not force it past the check: a server that half understands its files damages them.',
  ],
};

export const fixedSetting: CodeEntry = {
  ...base,
  code: 'pod.data.fixed-setting',
  title: 'Setting contradicts the data',
  means:
    'Some settings are written into the data when it is first made and hold for good: the name of the cluster or data centre, the number of a member, the case of table names, the size of files. One of them has another value now, and the server refuses to start over data that was made under the old one.',
  recognised:
    'The last words of a container that crashes are that a setting differs from the previous one, or does not match what is stored.',
  nextSteps: [
    'Set the setting back to the value that the data has; the log names both.',
    'If the new value is meant, make the data anew under it (dump and restore, or a new member that the others fill).',
  ],
  avoid: [
    'Do not switch the check off: the server would take the data for that of somebody else.',
    'Do not delete the data to get the new value accepted.',
  ],
};

export const dataInTheWay: CodeEntry = {
  ...base,
  code: 'pod.data.not-empty',
  title: 'Server wants an empty folder for its data',
  means:
    'The server is to set up its data in a folder that already holds something which it does not know. On a fresh disk this is the folder lost+found that the file system made.',
  recognised:
    'The last words of a container that crashes say that its data directory is not empty, or holds lost+found.',
  nextSteps: [
    'See what the folder holds. If it is only lost+found, let the server use a folder within the volume: mount it with a subPath, or name a subfolder (PostgreSQL: PGDATA).',
    'If it holds data of another server, give this one a volume of its own.',
  ],
  avoid: ['Do not empty the folder before you know what is in it.'],
};

export const memberKnown: CodeEntry = {
  ...base,
  code: 'pod.data.member-known',
  title: 'Cluster still knows the member under its old data',
  means:
    'A member of a cluster of servers came back without its data or with that of another, and the others still hold a member of its name or address. They do not let it join as a new one.',
  recognised:
    'The last words of a container that crashes are that a member or node of its name or address already exists, was bootstrapped before, or belongs to another cluster.',
  nextSteps: [
    'See first that the other members have the majority and their data.',
    "Then take the old member out with the server's own command and let this one join anew (etcd: `etcdctl member remove`, then `member add`; Cassandra: start it with `cassandra.replace_address_first_boot`, or `nodetool removenode`).",
    'See why it lost its data: a claim that was deleted, a volume that is not mounted at its data folder.',
  ],
  avoid: [
    'Do not remove further members to tidy up: the cluster would lose its majority.',
    'Do not start it as a cluster of its own: two would answer under one name.',
  ],
};

export const dataLocked: CodeEntry = {
  ...base,
  code: 'pod.data.locked',
  title: 'Data is locked by another process',
  means:
    'The server finds its data in use by another server and does not start, so that not two write to it. Mostly the old pod of a rolling update, or a second replica, has the same volume.',
  recognised: 'The last words of a container that crashes are that it cannot take the lock of its data directory.',
  nextSteps: [
    'Let only one pod have the volume: one replica, with the strategy Recreate for a Deployment, or a StatefulSet with a claim for each pod.',
    'If nobody else has the volume, the lock is left over from a run that was killed: see how the server wants it removed.',
  ],
  avoid: ['Do not remove the lock while another pod has the volume: two writers destroy the data.'],
};

export const staleLock: CodeEntry = {
  ...base,
  code: 'pod.data.stale-lock',
  title: 'File of an earlier run stops the start',
  means:
    'The program leaves a file while it runs (mostly one with its process id), finds that of an earlier run which was killed, and takes itself for running already; or a script makes a link or folder at each start and finds it made. The file lies on a volume that outlives the container.',
  recognised:
    'The last words of a container that crashes are that a server is already running, that its pid file exists, or that a link or folder to be made exists.',
  nextSteps: [
    'Let the start remove the file (`rm -f tmp/pids/server.pid` before the server), or keep it outside of the volume.',
    'For now delete the pod where the file lies on an emptyDir: its replacement begins with an empty one.',
  ],
  avoid: ['Do not restart the container only: the volume keeps the file.'],
};
