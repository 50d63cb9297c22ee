import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'crash', severity: 'critical' } as const;

export const credentialsRejected: CodeEntry = {
  ...base,
  code: 'pod.dependency.credentials-rejected',
  title: 'Dependency rejects the credentials',
  means:
    'The program reaches what it depends on, but its user, password or rights are not accepted there. Often a Secret was changed on one side only, or pods still hold the old value.',
  recognised:
    'The last words of a container that crashes or is not ready say that authentication failed or access was denied.',
  nextSteps: [
    'Compare the user and the Secret that the workload uses with what the other side knows.',
    'If the Secret was changed lately, restart the workload: variables are read at the start only.',
  ],
  avoid: [
    'Do not open the other side for access without a password.',
    'Do not print the password to compare it: compare a hash.',
  ],
};

export const tooManyConnections: CodeEntry = {
  ...base,
  code: 'pod.dependency.too-many-connections',
  title: 'Dependency has no connection left',
  means:
    'The database or server accepts no further connection, or the pool of the program has none free: pools that are too large for the number of replicas, or connections that are not given back.',
  recognised:
    'The last words of a container that crashes or is not ready are "too many connections", "too many clients" or an exhausted pool.',
  nextSteps: [
    'See who holds the connections (PostgreSQL: `select usename, client_addr, state, count(*) from pg_stat_activity group by 1, 2, 3`).',
    'Make pools smaller: replicas × pool size must stay below the limit of the server; or put a pooler in front.',
  ],
  avoid: [
    'Do not add replicas of the client: each brings more connections.',
    'Do not only raise the limit of the server: each connection costs memory there.',
  ],
};

export const databaseMissing: CodeEntry = {
  ...base,
  code: 'pod.dependency.database-missing',
  title: 'Database does not exist',
  means: 'The server answers, but has no database of the name that the program asks for.',
  recognised:
    'The last words of a container that crashes or is not ready are that a database does not exist or is unknown.',
  nextSteps: [
    'Correct the name of the database in the configuration, or create the database (and run its migrations).',
  ],
  avoid: ['Do not create an empty database under the name before you know where the data is.'],
};

export const certificateExpired: CodeEntry = {
  ...base,
  code: 'pod.dependency.certificate-expired',
  title: 'Certificate has expired',
  means:
    'A certificate in a connection of the program is past its date (or the clock is wrong), so the connection is refused by one of the sides.',
  recognised: 'The last words of a container that crashes or is not ready say that a certificate has expired.',
  nextSteps: [
    'Find whose certificate it is from the address in the log, renew it, and reload the server that presents it.',
    'See why the renewal did not happen: a cert-manager Certificate that is not ready, a server that does not reload.',
  ],
  avoid: ['Do not switch certificate checks off.', 'Do not set clocks back.'],
};

export const certificateUntrusted: CodeEntry = {
  ...base,
  code: 'pod.dependency.certificate-untrusted',
  title: 'Certificate not trusted',
  means:
    'A certificate in a connection of the program was issued by an authority that it does not know, or for another name than the one that it uses.',
  recognised:
    'The last words of a container that crashes or is not ready say that a certificate was signed by an unknown authority or is valid for other names.',
  nextSteps: [
    'Give the program the CA certificate of the other side (mount it and name it in the setting for trusted authorities).',
    'If the names differ, use a name that the certificate holds, or have it issued for the name in use.',
  ],
  avoid: ['Do not switch certificate checks off.'],
};

export const hostKeyUnknown: CodeEntry = {
  ...base,
  code: 'pod.dependency.host-key',
  title: 'Host key of an SSH server is not known',
  means:
    'The program reaches an SSH server (mostly Git) and does not know its host key, or knows another: its known_hosts is missing or old. Its own key was not even asked for.',
  recognised:
    'The last words of a container that fails are "Host key verification failed" or that no host key is known.',
  nextSteps: [
    'Give the container a known_hosts with the key of that server (`ssh-keyscan HOST`, compared with what its operator publishes), from a Secret or ConfigMap.',
    'If the key changed, ask the operator of the server whether that was meant, before you accept it.',
  ],
  avoid: ['Do not switch StrictHostKeyChecking off: anybody in between could answer in its place.'],
};

export const schemaBehind: CodeEntry = {
  ...base,
  code: 'pod.dependency.schema-behind',
  title: 'Schema of the database does not fit the program',
  means:
    'The database answers, but its tables and columns are not those that this version of the program expects: its migrations have not run, have failed, or ran against another database; or the program was rolled back behind a migration.',
  recognised:
    'The last words of a container that crashes are that migrations are pending, or that a table, relation or column does not exist.',
  nextSteps: [
    'Run the migrations of this version and read how they end; look for the Job that should have run them.',
    'See that program and migrations use the same database and schema (search_path).',
  ],
  avoid: ['Do not change tables by hand: the next migration meets what it does not expect.'],
};

export const storageFull: CodeEntry = {
  ...base,
  code: 'pod.dependency.storage-full',
  title: 'Dependency has no space left to write',
  means:
    'The database or server that the program uses refuses to write because its own disk (or the memory that it may fill) is full. It often runs and counts as ready, so that only its clients show the trouble.',
  recognised:
    'The last words of a container that crashes or is not ready are a refusal of its server for want of space: "could not extend file", "MISCONF Redis ... unable to persist to disk", "flood-stage watermark", "OutOfDiskSpace", "OOM command not allowed".',
  nextSteps: [
    'Enlarge the volume of the server (its claim, where the class allows expansion), or delete old data through the server itself.',
    'Redis that is out of maxmemory: raise it with the limit of the container, or set an eviction policy if it is a cache.',
    'Elasticsearch and OpenSearch: after there is room, set `index.blocks.read_only_allow_delete` to null where it does not go by itself.',
  ],
  avoid: ['Do not restart the client: it meets the same refusal.', "Do not delete the server's files by hand."],
};

export const migrationLocked: CodeEntry = {
  ...base,
  code: 'pod.dependency.migration-locked',
  title: 'Migrations are locked',
  means:
    'The tool that brings the database to its version waits for its own lock: another process migrates now, or one was killed in the middle and left the lock behind. Until it is free the program does not start, and probes may kill it before.',
  recognised:
    'The last words of a container that crashes or is not ready are of the lock of a migration tool: "Waiting for changelog lock", "Migration table is already locked", "another migration process is currently running".',
  nextSteps: [
    'See whether a migration really runs now (a Job, or one pod of the same workload that is busy): then let it end, and give the start more time by a startup probe.',
    'If none runs, release the lock with the tool itself (Liquibase: `liquibase release-locks`; knex: `knex migrate:unlock`); an advisory lock goes with the database session that holds it.',
  ],
  avoid: [
    'Do not release the lock while a migration may run: two at once damage the schema.',
    'Do not restart the pods to be rid of it: each kill in the middle may leave a lock again.',
  ],
};

export const migrationFailed: CodeEntry = {
  ...base,
  code: 'pod.dependency.migration-failed',
  title: 'Earlier migration of the database failed',
  means:
    'A migration failed half-way in an earlier run, and the tool marks the database so. It runs no further migration before somebody has settled that one.',
  recognised:
    'The last words of a container that crashes are "found failed migrations in the target database", "Dirty database version" or their like.',
  nextSteps: [
    'See what the named migration has done already and why it failed, and finish it or take it back in the database.',
    'Then tell the tool so (Prisma: `prisma migrate resolve`; golang-migrate: `force VERSION`; Flyway: `repair`), and start the program again.',
  ],
  avoid: [
    'Do not only mark it as done: what is missing of it breaks the next migration or the program.',
    'Do not delete the table of the migrations: all of them would run again.',
  ],
};

export const migrationHistory: CodeEntry = {
  ...base,
  code: 'pod.dependency.migration-history',
  title: 'Migrations of the database and of the program differ',
  means:
    'The database has a migration that this version of the program does not bring, or another text of one that it brings: the program was rolled back behind a migration, or a migration was edited after it had run.',
  recognised:
    'The last words of a container that crashes are "Migration checksum mismatch", "Can\'t locate revision identified by", "applied migration not resolved locally" or their like.',
  nextSteps: [
    'If the program was rolled back, run the version that brings the migration which the database has, or take that migration back with it first.',
    'If a migration was edited, restore its text and put the change into a new migration.',
  ],
  avoid: [
    'Do not run the newest migrations again to mend it: the tool refuses because of the old ones.',
    'Do not delete the table of the migrations: all of them would run again.',
  ],
};

export const operationLocked: CodeEntry = {
  ...base,
  code: 'pod.dependency.operation-locked',
  title: 'Another run holds the lock',
  means:
    'A tool that changes shared state (Terraform, Pulumi, Helm, a package manager) takes a lock first and finds it held: another run works now, or one was cut off and left it.',
  recognised:
    'The last words of a container that fails are of the lock of such a tool: "Error acquiring the state lock", "the stack is currently locked by", "another operation (install/upgrade/rollback) is in progress".',
  nextSteps: [
    'See who holds the lock and since when: the tool tells it beside its error. If that run works, wait for it.',
    'If it is gone, see what it has done half-way, and then release the lock with the tool itself (Terraform: `terraform force-unlock ID`; Pulumi: `pulumi cancel`; Helm: roll the release back).',
  ],
  avoid: ['Do not switch locking off: two runs at once damage the state.'],
};

export const resourceMissing: CodeEntry = {
  ...base,
  code: 'pod.dependency.resource-missing',
  title: 'Dependency does not have what is asked for',
  means:
    'The server answers, but has no topic, queue, virtual host, bucket, index or stream of the name that the program gives: it was never made, has another name, or lies on another server.',
  recognised:
    'The last words of a container that crashes or is not ready are a refusal such as "UNKNOWN_TOPIC_OR_PARTITION", "NoSuchBucket", "index_not_found_exception", "vhost ... not found".',
  nextSteps: [
    'Compare the name in the configuration of the program with what the server has.',
    'If it is right, make the thing where it is declared (infrastructure code, an operator, a setup job), with its rights and limits.',
  ],
  avoid: ['Do not switch automatic creation on for this: misspelt names would then be made silently.'],
};

export const protocolMismatch: CodeEntry = {
  ...base,
  code: 'pod.dependency.protocol-mismatch',
  title: 'Both sides speak different protocols',
  means:
    'The connection is made, and then one side speaks TLS and the other does not, or they find no version in common. The address leads to the wrong port, or one setting was changed on one side only.',
  recognised:
    'The last words of a container that crashes or is not ready are "SSL is not enabled on the server", "first record does not look like a TLS handshake", "wrong version number" or their like.',
  nextSteps: [
    'Make both sides agree: the scheme and port of the address (http or https, sslmode, useSSL), or TLS on the server.',
    'If only the version differs, update the older side.',
  ],
  avoid: ['Do not give up encryption between machines only to get through.'],
};

export const dependencyVersion: CodeEntry = {
  ...base,
  code: 'pod.dependency.version',
  title: 'Program and dependency do not fit in version',
  means:
    'The program reaches what it depends on, and one of the two is too old for the other: the client wants a newer server, or the server dropped or demands something that the client does not have.',
  recognised:
    'The last words of a container that crashes are that it needs a newer server than the one it found, that the server is not supported, or that versions do not match.',
  nextSteps: [
    'Update the older side: mostly the server that the line names, after a backup and step by step as it demands.',
    'Until then run the version of the program that works with the server as it is.',
  ],
  avoid: ['Do not switch the check of versions off: the failure comes later and damages data then.'],
};

export const setupDiffers: CodeEntry = {
  ...base,
  code: 'pod.dependency.setup-differs',
  title: 'Dependency is set up in another way than the program expects',
  means:
    'The server is a cluster and the program speaks to it as to a single one, or the other way round; it is no replica set where one is wanted; or something exists there with other properties than the program declares.',
  recognised:
    'The last words of a container that crashes or is not ready are Redis\' MOVED, "only allowed on a replica set", "inequivalent arg" or their like.',
  nextSteps: [
    'Bring the two together: the mode of the client (cluster, replica set, sentinel) or the setup of the server.',
    'Where a queue or exchange exists with other properties, keep them in the program, or make it anew after its messages were taken out.',
  ],
  avoid: ['Do not delete what exists on the server before its data is saved.'],
};

export const readOnlyMember: CodeEntry = {
  ...base,
  code: 'pod.dependency.read-only',
  title: 'Program writes to a member that may only be read',
  means:
    'The server to which the program writes is a replica, or was the primary until it stepped down: after a failover the address still leads to it, or it is the address for readers.',
  recognised:
    'The last words of a container that crashes or is not ready are "can\'t write against a read only replica", "cannot execute ... in a read-only transaction", "NotWritablePrimary" or their like.',
  nextSteps: [
    'See which member is the primary, and whether the Service for writing selects it (the label that the operator moves).',
    'Let the program look up its connections anew: pools keep those to the old primary.',
  ],
  avoid: ['Do not make the replica writable: two members would take writes.'],
};
