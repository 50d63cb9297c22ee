import type { CodeEntry } from '@autodevops/domain/finding';

const base = { group: 'crash', severity: 'critical' } as const;

export const credentialsRejected: CodeEntry = {
  ...base,
  code: 'pod.dependency.credentials-rejected',
  title: 'Dependency rejects the credentials',
  means: 'The program reaches what it depends on, but its user, password or rights are not accepted there. Often a Secret was changed on one side only, or pods still hold the old value.',
  recognised: 'The last words of a container that crashes or is not ready say that authentication failed or access was denied.',
  nextSteps: ['Compare the user and the Secret that the workload uses with what the other side knows.', 'If the Secret was changed lately, restart the workload: variables are read at the start only.'],
  avoid: ['Do not open the other side for access without a password.', 'Do not print the password to compare it: compare a hash.'],
};

export const tooManyConnections: CodeEntry = {
  ...base,
  code: 'pod.dependency.too-many-connections',
  title: 'Dependency has no connection left',
  means: 'The database or server accepts no further connection, or the pool of the program has none free: pools that are too large for the number of replicas, or connections that are not given back.',
  recognised: 'The last words of a container that crashes or is not ready are "too many connections", "too many clients" or an exhausted pool.',
  nextSteps: ['See who holds the connections (PostgreSQL: `select usename, client_addr, state, count(*) from pg_stat_activity group by 1, 2, 3`).', 'Make pools smaller: replicas × pool size must stay below the limit of the server; or put a pooler in front.'],
  avoid: ['Do not add replicas of the client: each brings more connections.', 'Do not only raise the limit of the server: each connection costs memory there.'],
};

export const databaseMissing: CodeEntry = {
  ...base,
  code: 'pod.dependency.database-missing',
  title: 'Database does not exist',
  means: 'The server answers, but has no database of the name that the program asks for.',
  recognised: 'The last words of a container that crashes or is not ready are that a database does not exist or is unknown.',
  nextSteps: ['Correct the name of the database in the configuration, or create the database (and run its migrations).'],
  avoid: ['Do not create an empty database under the name before you know where the data is.'],
};

export const certificateExpired: CodeEntry = {
  ...base,
  code: 'pod.dependency.certificate-expired',
  title: 'Certificate has expired',
  means: 'A certificate in a connection of the program is past its date (or the clock is wrong), so the connection is refused by one of the sides.',
  recognised: 'The last words of a container that crashes or is not ready say that a certificate has expired.',
  nextSteps: ['Find whose certificate it is from the address in the log, renew it, and reload the server that presents it.', 'See why the renewal did not happen: a cert-manager Certificate that is not ready, a server that does not reload.'],
  avoid: ['Do not switch certificate checks off.', 'Do not set clocks back.'],
};

export const certificateUntrusted: CodeEntry = {
  ...base,
  code: 'pod.dependency.certificate-untrusted',
  title: 'Certificate not trusted',
  means: 'A certificate in a connection of the program was issued by an authority that it does not know, or for another name than the one that it uses.',
  recognised: 'The last words of a container that crashes or is not ready say that a certificate was signed by an unknown authority or is valid for other names.',
  nextSteps: ['Give the program the CA certificate of the other side (mount it and name it in the setting for trusted authorities).', 'If the names differ, use a name that the certificate holds, or have it issued for the name in use.'],
  avoid: ['Do not switch certificate checks off.'],
};

export const hostKeyUnknown: CodeEntry = {
  ...base,
  code: 'pod.dependency.host-key',
  title: 'Host key of an SSH server is not known',
  means: 'The program reaches an SSH server (mostly Git) and does not know its host key, or knows another: its known_hosts is missing or old. Its own key was not even asked for.',
  recognised: 'The last words of a container that fails are "Host key verification failed" or that no host key is known.',
  nextSteps: ['Give the container a known_hosts with the key of that server (`ssh-keyscan HOST`, compared with what its operator publishes), from a Secret or ConfigMap.', 'If the key changed, ask the operator of the server whether that was meant, before you accept it.'],
  avoid: ['Do not switch StrictHostKeyChecking off: anybody in between could answer in its place.'],
};

export const schemaBehind: CodeEntry = {
  ...base,
  code: 'pod.dependency.schema-behind',
  title: 'Schema of the database does not fit the program',
  means: 'The database answers, but its tables and columns are not those that this version of the program expects: its migrations have not run, have failed, or ran against another database; or the program was rolled back behind a migration.',
  recognised: 'The last words of a container that crashes are that migrations are pending, or that a table, relation or column does not exist.',
  nextSteps: ['Run the migrations of this version and read how they end; look for the Job that should have run them.', 'See that program and migrations use the same database and schema (search_path).'],
  avoid: ['Do not change tables by hand: the next migration meets what it does not expect.'],
};

export const storageFull: CodeEntry = {
  ...base,
  code: 'pod.dependency.storage-full',
  title: 'Dependency has no space left to write',
  means: 'The database or server that the program uses refuses to write because its own disk (or the memory that it may fill) is full. It often runs and counts as ready, so that only its clients show the trouble.',
  recognised: 'The last words of a container that crashes or is not ready are a refusal of its server for want of space: "could not extend file", "MISCONF Redis ... unable to persist to disk", "flood-stage watermark", "OutOfDiskSpace", "OOM command not allowed".',
  nextSteps: ['Enlarge the volume of the server (its claim, where the class allows expansion), or delete old data through the server itself.', 'Redis that is out of maxmemory: raise it with the limit of the container, or set an eviction policy if it is a cache.', 'Elasticsearch and OpenSearch: after there is room, set `index.blocks.read_only_allow_delete` to null where it does not go by itself.'],
  avoid: ['Do not restart the client: it meets the same refusal.', "Do not delete the server's files by hand."],
};
