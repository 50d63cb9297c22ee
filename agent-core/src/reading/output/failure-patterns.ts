/** What a line of output says went wrong. */
export type FailureKind =
  | 'refused'
  | 'unresolved'
  | 'unreachable'
  | 'credentials'
  | 'too-many-connections'
  | 'database-missing'
  | 'resource-missing'
  | 'protocol-mismatch'
  | 'version-of-dependency'
  | 'setup-differs'
  | 'read-only-member'
  | 'storage-of-dependency'
  | 'certificate-expired'
  | 'certificate-untrusted'
  | 'variable'
  | 'arguments'
  | 'configuration'
  | 'file-missing'
  | 'permission'
  | 'privileged-port'
  | 'port-in-use'
  | 'disk-full'
  | 'threads'
  | 'open-files'
  | 'kernel-setting'
  | 'heap'
  | 'shared-memory'
  | 'locked-memory'
  | 'memory-below-demand'
  | 'platform'
  | 'processor'
  | 'gpu-driver'
  | 'gpu-unfit'
  | 'gpu-memory'
  | 'part-missing'
  | 'runtime-version'
  | 'data-in-the-way'
  | 'data-damaged'
  | 'data-of-another'
  | 'data-locked'
  | 'data-setting'
  | 'member-known'
  | 'stale-lock'
  | 'unknown-user'
  | 'root-refused'
  | 'root-needed'
  | 'user-switch'
  | 'mode-too-open'
  | 'key-material'
  | 'stored-key'
  | 'key-form'
  | 'license'
  | 'line-break'
  | 'host-key'
  | 'schema'
  | 'migration-locked'
  | 'operation-locked'
  | 'migration-failed'
  | 'migration-history'
  | 'service-variable'
  | 'forbidden'
  | 'uncaught';

/** Words by which a line tells of one kind of failure. */
export interface FailurePattern {
  readonly kind: FailureKind;
  /** Any of these words, and where `with` is given, any of those too. All in lower case. */
  readonly any: readonly string[];
  readonly with?: readonly string[];
  readonly without?: readonly string[];
}

/** In this order: the more telling before the more general. The words are those of runtimes, drivers and servers. */
// oxfmt-ignore
export const failurePatterns: readonly FailurePattern[] = [
  { kind: 'forbidden', any: ['is forbidden: user "', 'is forbidden: user \\"'] },
  // A server about the files that it finds in its own volume: PostgreSQL, MySQL, Redis, MongoDB, etcd, Kafka, Elasticsearch, SQLite, Prometheus and others.
  { kind: 'data-damaged', any: ['bad file format reading the append only file', 'unexpected end of file reading the append only file', 'wrong signature trying to load db from file', 'short read or oom loading db', 'internal error in rdb reading', 'could not locate a valid checkpoint record', 'could not locate required checkpoint record', 'invalid primary checkpoint record', 'invalid page in block', 'database page corruption', 'tablespace is corrupt', 'is marked as crashed', 'wt_panic', 'wiredtiger library panic', 'wal: crc mismatch', 'walpb: crc mismatch', 'freepages: failed to get all reachable pages', 'broken parts to remove', 'unsequential head chunk files', 'segments are not sequential', 'failed to find database snapshot file', 'corruptrecordexception', 'corruptindexexception', 'translogcorruptedexception', 'unable to load database on disk', 'no snapshot found, but there are log entries', 'database disk image is malformed', 'file is not a database', 'corruption in segment', 'unexpected corruption'] },
  { kind: 'data-damaged', any: ['corrupt', 'checksum mismatch', 'checksum does not match'], with: ['opening storage failed', 'innodb', 'rocksdb', 'leveldb', '.sst', 'manifest-', 'wal segment', 'write-ahead log', 'data file', 'datafile', 'ibdata', 'journal'], without: ['not corrupt', '0 corrupt', 'no corrupt'] },
  { kind: 'data-of-another', any: ['database files are incompatible with server', 'invalid mysql server upgrade', 'invalid mysql server downgrade', 'cannot boot server version', 'unsupported redo log format', "can't handle rdb format version", 'cannot upgrade a node from version', 'cannot downgrade a node from version', 'upgrade problem: found an invalid featurecompatibilityversion', 'invalid feature compatibility version', 'invalid cluster.id in', "doesn't match stored clusterid", 'inconsistentclusteridexception', 'is higher than the docker image version', 'is higher than the container image version', 'there appears to be postgresql data in', 'upgrade after a crash is not supported', 'database was upgraded to a more recent version', 'required feature flags not enabled', 'required feature flag not enabled'] },
  { kind: 'data-of-another', any: ['featurecompatibilityversion'], with: ['wrong', 'invalid', 'incompatible', 'unsupported', 'unable to', 'must be'] },
  { kind: 'data-locked', any: ['lock db directory', 'unable to lock the lock file', 'dbpathinuse', 'unable to lock ./', 'failed to obtain node lock', 'storelockexception', 'unable to obtain lock on store', 'another process is using this data directory', 'another instance is already running', 'another mongod instance is already running', 'lock file "postmaster.pid" already exists', 'resource temporarily unavailable: lock', 'cannot acquire lock', 'could not acquire lock on', 'failed to acquire lock on', 'cannot lock file ', 'already locked by another', 'another server instance in same directory', 'database is locked', 'sqlite_busy'], without: ['state lock', 'advisory', 'leader', ' table', 'migration'] },
  { kind: 'data-locked', any: ['while lock file', '/lock: '], with: ['resource temporarily unavailable', 'already held'] },
  // A member that comes back without its data: etcd, Cassandra, CockroachDB, Consul, Patroni, RabbitMQ.
  { kind: 'member-known', any: ['has already been bootstrapped', 'already exists, cancelling join', 'thinks it\'s clustered with node', 'belongs to a different cluster', 'system id mismatch', 'member id conflict', 'is already a member of the cluster'] },
  { kind: 'stale-lock', any: ['listen unix ', 'bind() to unix:', 'unix socket', '.sock:', '.sock '], with: ['address already in use', 'already in use'] },
  { kind: 'stale-lock', any: ['a server is already running', 'pid file found', 'pidfile', '.pid', 'pid file'], with: ['already running', 'already exists', 'is already', 'found, previous', 'exists'] },
  { kind: 'data-in-the-way', any: ['exists but is not empty', 'data directory has files in it', 'contains a lost+found directory', "database name 'lost+found'", 'data directory is not empty', 'is not an empty directory'], without: ['git', 'destination path'] },
  { kind: 'key-material', any: ['key values mismatch', 'key_values_mismatch', 'private key does not match', 'keystore password was incorrect', 'keystore was tampered with', 'mac verify failure', 'mac verify error', 'bad decrypt', 'failed to find any pem data', 'no start line', 'unable to load private key', 'cannot load certificate key', 'cannot recover key'] },
  // What was stored was encrypted under another key: n8n, Rails, Laravel, Airflow, .NET, Java, Go, Node.js.
  { kind: 'stored-key', any: ['mismatching encryption keys', 'messageencryptor::invalidmessage', "couldn't decrypt config/", 'cryptography.fernet.invalidtoken', 'the mac is invalid', 'cipher: message authentication failed', 'given final block not properly padded', 'unsupported state or unable to authenticate data', 'was not found in the key ring', 'error:1c800064', 'wrong encryption key', 'invalid encryption key', 'encryption key mismatch', 'encryption key does not match'], without: ['unrecoverablekeyexception', 'keystore', 'key store'] },
  { kind: 'stored-key', any: ['decrypt'], with: ['wrong key', 'different key', 'another key', 'incorrect key', 'key mismatch', 'key has changed', 'key was changed'] },
  { kind: 'key-form', any: ['fernet key must be', 'bytes to create an aes cipher', 'crypto/aes: invalid key size', 'invalid key length', 'incorrect key length', 'invalid aes key length', 'key length is invalid', 'invalid key size', 'weakkeyexception', 'key must be 32 bytes', 'key must be exactly', 'must be 32 bytes', 'key is too short', 'specified key byte array is', 'password validation failed', 'password does not meet', 'credentials must be at least'] },
  { kind: 'host-key', any: ['host key verification failed', 'host key is known for', 'remote host identification has changed', 'knownhosts: key is unknown', 'knownhosts: key mismatch'] },
  { kind: 'certificate-expired', any: ['certificate has expired', 'certificate is expired', 'cert_has_expired', 'certificate expired', 'certificateexpiredexception', 'expired certificate'] },
  { kind: 'certificate-untrusted', any: ['certificate signed by unknown authority', 'cannot validate certificate for', 'self signed certificate', 'self-signed certificate', 'unable to get local issuer certificate', 'unable to get issuer certificate', 'pkix path building failed', 'certificate verify failed', 'invalid peer certificate', 'unable_to_verify_leaf_signature', 'certificate is valid for', 'certificate is not valid for', 'err_tls_cert_altname_invalid', "does not match certificate's altnames", 'tls: bad certificate', 'x509: certificate relies on legacy', 'no subject alternative'] },
  // A server to its client, about what it was asked for: Kafka, RabbitMQ, NATS, S3 and its like, Elasticsearch, Cassandra, SQS, Azure.
  { kind: 'resource-missing', any: ['unknowntopicorpartition', 'does not host this topic-partition', 'unknown topic or partition', 'unknown_topic_or_partition', 'nosuchbucket', 'specified bucket does not exist', 'bucket not found', 'index_not_found_exception', 'no such index [', 'stream not found', 'unconfigured table', 'nonexistentqueue', 'queuedoesnotexist', 'containernotfound', "couldn't find remote ref", 'not found in upstream origin', 'did not match any file(s) known to git', 'realm does not exist', 'revisionnotfounderror', 'is not a valid model identifier', 'repositorynotfounderror', 'repository not found', "not_found - no queue '", "not_found - no exchange '", 'not_found - no vhost'] },
  { kind: 'resource-missing', any: ['model "', "model '"], with: ['not found, try pulling', 'not found, try to pull', 'does not exist', 'model_not_found'], without: ['relation', 'module'] },
  { kind: 'resource-missing', any: ['vhost ', 'keyspace '], with: [' not found', ' does not exist'] },
  { kind: 'protocol-mismatch', any: ['ssl is not enabled on the server', 'does not support ssl', 'server does not support tls', 'first record does not look like a tls handshake', 'ssl: wrong version number', 'ssl3_get_record:wrong version number', 'ssl routines::wrong version number', 'server gave http response to https client', 'client sent an http request to an https server', 'plain http request was sent to https port', 'unsupported or unrecognized ssl message', 'alert: protocol_version', 'tlsv1 alert protocol version', 'tls: protocol version not supported', 'malformed http response', 'public key retrieval is not allowed', 'ssl connection is required', 'connections using insecure transport are prohibited', 'unsupported frontend protocol'], without: ['handshake error from'] },
  { kind: 'protocol-mismatch', any: ['server refused tls connection', 'ssl off', 'no encryption'], with: ['tls', 'no pg_hba.conf entry'] },
  // Two sides of which one is too old for the other: Elasticsearch's clients, MySQL's, Kafka's.
  { kind: 'version-of-dependency', any: ['the client noticed that the server is not ', 'client does not support authentication protocol requested by server', "authentication plugin 'caching_sha2_password' cannot be loaded", 'unsupportedversionexception', 'version mismatch: the cluster was started with', 'client version is not supported by', 'is too old for this client', 'unsupported server version'] },
  { kind: 'setup-differs', any: ['only allowed on a replica set', 'not running with --replset', 'cluster support disabled', 'crossslot keys', 'inequivalent arg', 'no replset config has been received'] },
  { kind: 'setup-differs', any: ['moved '], with: ['redis.exceptions', 'replyerror', 'responseerror', 'jedismoved', 'rediserror', 'redis::commanderror', 'redisclient::'] },
  { kind: 'read-only-member', any: ["can't write against a read only replica", 'in a read-only transaction', 'notwritableprimary', 'not primary and', 'not master and slaveok', 'running with the --read-only option', 'running with the --super-read-only option', 'cluster is read-only', 'hot standby mode'] },
  { kind: 'database-missing', any: ['database "', 'database \''], with: ['does not exist'], without: ['relation', 'schema'] },
  // Liquibase, Flyway, knex, Prisma, golang-migrate, Rails, Alembic, Django, sqlx: about what they did to the database before.
  { kind: 'migration-locked', any: ['waiting for changelog lock', 'could not acquire change log lock', 'migration table is already locked', "can't acquire database lock", 'another migration process is currently running', 'trying to acquire a postgres advisory lock', 'unable to acquire flyway advisory lock', 'unable to acquire mysql named lock', 'while attempting to acquire postgresql advisory lock'] },
  { kind: 'operation-locked', any: ['error acquiring the state lock', 'the stack is currently locked by', 'another operation (install/upgrade/rollback) is in progress', 'could not get lock /var/lib/', 'terraform lock'] },
  { kind: 'migration-failed', any: ['failed migrations in the target database', 'dirty database version', 'detected failed migration to version', 'contains a failed migration'] },
  { kind: 'migration-failed', any: ['` migration started at'], with: [' failed'] },
  { kind: 'migration-history', any: ['migration checksum mismatch', 'change sets check sum', "can't locate revision identified by", 'applied migration not resolved locally', 'no migration found for version', 'inconsistentmigrationhistory', 'multiple head revisions are present', 'conflicting migrations detected', 'was modified after it was applied', 'no migration with version number', 'the migration directory is corrupt', 'was previously applied but is missing', 'was previously applied but has been modified'] },
  { kind: 'schema', any: ['migrations are pending', 'schema-validation: ', 'unapplied migrations', 'database needs bootstrapping', 'need to initialize the database', 'pendingmigrationerror', 'resolved migration not applied', 'target database is not up to date', 'schema is not up to date', 'pending model changes', 'pendingmodelchangeswarning', 'database schema is out of date', 'undefinedtable', 'undefinedcolumn', 'no such table', 'no such column', 'unknown column', 'invalid object name', 'er_no_such_table', 'er_bad_field_error', 'sqlstate 42p01', 'sqlstate 42703'], without: ['duplicate'] },
  { kind: 'schema', any: ['relation "', 'relation \\"', 'column "', 'column \\"', "table '", 'schema "'], with: ['does not exist', "doesn't exist"] },
  { kind: 'schema', any: ['schema version', 'database version', 'migration version'], with: ['does not match', 'mismatch', 'expected', 'outdated', 'too old', 'behind'] },
  { kind: 'database-missing', any: ['unknown database', 'cannot open database "', 'er_bad_db_error'] },
  { kind: 'too-many-connections', any: ['too many connections', 'too many clients', 'remaining connection slots are reserved', 'max number of clients', 'max_user_connections', 'connection pool exhausted', 'queuepool limit', 'pool exhausted', 'timeout exceeded when trying to connect', 'er_con_count_error', 'too many open connections', 'no more connections allowed', 'too many sessions', 'pool timed out while waiting for an open connection'] },
  { kind: 'too-many-connections', any: ['connection is not available, request timed out'] },
  { kind: 'credentials', any: ['password authentication failed', 'access denied for user', 'wrongpass', 'noauth authentication required', 'invalid username-password pair', 'invalid password', 'login failed for user', 'no pg_hba.conf entry', 'access_refused', 'sasl authentication failed', 'scram authentication', 'saslauthenticationexception', 'authentication failed', 'authenticationfailed', 'auth failed', 'invalid credentials', 'invalidaccesskeyid', 'signaturedoesnotmatch', 'security token included in the request is invalid', 'er_access_denied_error', 'client sent auth, but no password is set', 'incorrect password', 'bad credentials', 'invalid api key', 'permission denied for', 'not authorized on', 'ora-01017', 'invalid username/password', 'username and password not accepted', 'no password supplied', 'authentication required', 'authorizationexception', 'authorization_failed', 'authorization failed', 'not authorized to access', 'is not authorized to perform', 'noperm ', 'no permissions to access', 'insufficient privileges', 'accesscontrolexception'] },
  { kind: 'credentials', any: ['role "'], with: ['does not exist'] },
  { kind: 'credentials', any: ['transportexception', 'git-upload-pack'], with: ['not authorized', 'authentication is required', 'not permitted'] },
  { kind: 'credentials', any: ['exception authenticating', 'without any password configured', 'unable to locate credentials', 'could not load credentials from any provider', 'default credentials were not found', '(accessdenied)', '(expiredtoken)', 'http basic: access denied', 'invalidclienttokenid', 'permission denied (publickey', 'could not read username for', 'could not read password for'] },
  { kind: 'credentials', any: ['api key invalid', 'no valid api key', 'gated repo', 'api key is invalid', 'api key not valid', 'invalid bearer token', 'service account name not authorized', 'namespace not authorized'] },
  { kind: 'line-break', any: ['invalid header field value', 'invalid header value', 'err_invalid_char', 'invalid character in header', 'illegal character in header', 'illegal header value', 'invalid control character in url', 'header value must not contain', 'contains invalid header'] },
  { kind: 'unresolved', any: ['no resolvable bootstrap urls', 'no such host', ' enotfound', "'enotfound", '"enotfound', ':enotfound', 'eai_again', 'name or service not known', 'temporary failure in name resolution', 'could not resolve host', 'couldn\'t resolve host', 'unknownhostexception', 'getaddrinfo failed', 'could not translate host name', 'name does not resolve', 'nodename nor servname', "bad address '", "can't resolve '", "server can't find ", 'nxdomain', 'failed to lookup address information', 'unknown mysql server host', 'host not found in upstream', 'no address associated with hostname', 'dns resolution failed', 'name resolution failed', 'unresolvedaddressexception', 'nameresolutionerror', 'server misbehaving', 'unknown host', 'php_network_getaddresses'] },
  { kind: 'unresolved', any: ['failed to resolve', 'could not resolve', 'unable to resolve', 'cannot resolve'], with: ['host', 'dns', 'address', 'domain'], without: ['placeholder', 'dependenc', 'module', 'import', 'image'] },
  // The name server itself does not answer: Go names it after the name, c-ares begins with the query.
  { kind: 'unresolved', any: ['tcp: lookup ', 'udp: lookup ', ': lookup ', '"lookup '], with: [':53: ', ': i/o timeout'] },
  { kind: 'unresolved', any: ['querya ', 'queryaaaa ', 'querysrv '], with: ['etimeout', 'econnrefused', 'eservfail', 'timeout'] },
  { kind: 'port-in-use', any: ['address already in use', 'eaddrinuse', 'address in use', 'only one usage of each socket address', 'port is already allocated', 'was already in use', 'port already in use', 'is already in use by another'], without: ['connect:'] },
  // A server that says so to its client: PostgreSQL (53100), Redis, Elasticsearch and OpenSearch, MongoDB, MySQL.
  { kind: 'storage-of-dependency', any: ['misconf redis is configured to save', 'oom command not allowed when used memory', 'could not extend file "', 'sqlstate 53100', 'flood-stage watermark', 'cluster_block_exception', 'outofdiskspace', 'er_disk_full'], with: ['misconf', 'maxmemory', 'psycopg', 'pq: ', 'pg::', 'psqlexception', 'sqlstate', 'jdbc', 'operationalerror', 'er_disk_full', 'read-only-allow-delete', 'read_only_allow_delete', 'mongoservererror', 'mongoerror', 'diskfull: '] },
  { kind: 'kernel-setting', any: ['vm.max_map_count', 'system limit for number of file watchers', 'max file descriptors [', 'max number of threads [', 'max size virtual memory [', 'on the number of inotify', 'inotify_add_watch', 'fs.inotify.'] },
  { kind: 'kernel-setting', any: ['enospc', 'no space left on device'], with: ['inotify', 'watch '] },
  { kind: 'threads', any: ['unable to create native thread', 'unable to create new native thread', "can't start new thread", 'pthread_create failed', 'failed to create new os thread', 'newosproc', "can't create thread", 'failed to spawn thread', 'failed to start the native thread', 'cannot fork', 'fork: retry: resource temporarily unavailable', 'fork: resource temporarily unavailable', 'fork failed: resource temporarily unavailable'] },
  { kind: 'open-files', any: ['too many open files'], without: ['inotify', 'fsnotify', 'watch'] },
  // The folder /dev/shm of a container has 64 MiB unless a volume is mounted there: PostgreSQL, PyTorch, Chrome.
  { kind: 'shared-memory', any: ['shared memory segment', '/dev/shm', 'anonymous shared memory', 'raise your shared memory limit'], with: ['no space left', 'could not resize', 'could not create', 'could not map', 'bus error', 'cannot allocate', 'shared memory limit', 'too small'] },
  { kind: 'locked-memory', any: ['failed to lock memory', 'mlockall', 'memory locking requested', 'unable to lock jvm memory'], with: ['cannot allocate', 'not permitted', 'failed', 'not locked', 'unable', 'not available', 'error'] },
  { kind: 'disk-full', any: ['no space left on device', 'enospc', 'disk quota exceeded', 'disk is full', 'device is full', 'not enough disk space', 'insufficient disk space'] },
  { kind: 'gpu-memory', any: ['cuda out of memory', 'cuda error: out of memory', 'cuda_error_out_of_memory', 'hip out of memory', 'hip error: out of memory', 'cudamalloc failed', 'cublas_status_alloc_failed', 'cudnn_status_alloc_failed', 'no available memory for the cache blocks', 'can be stored in kv cache', 'kv cache is needed', 'unable to allocate cuda', 'out of gpu memory', 'desired gpu memory utilization'] },
  { kind: 'gpu-unfit', any: ['no kernel image is available', 'compute capability', 'driver on your system is too old', 'unsatisfied condition: cuda', 'unsatisfied condition: driver', 'compiled with an unsupported toolchain', 'forward compatibility was attempted', 'is not compatible with the current pytorch'], with: ['cuda', 'gpu', 'nvidia', 'driver', 'ptx'] },
  { kind: 'heap', any: ['java.lang.outofmemoryerror', 'javascript heap out of memory', 'fatal error: runtime: out of memory', 'memoryerror', 'allocation failed - javascript heap', 'system.outofmemoryexception', 'std::bad_alloc', 'allowed memory size of', 'cannot allocate memory', 'insufficient memory for the java runtime', 'failed to allocate memory (nomemoryerror)'] },
  { kind: 'gpu-driver', any: ['could not load nvml library', 'failed to initialize nvml', 'cuda driver version is insufficient', 'no cuda-capable device', 'no cuda gpus are available', "couldn't communicate with the nvidia driver", 'found no nvidia driver', 'libcuda.so', 'libnvidia-ml.so'], without: ['successfully', 'loaded '] },
  { kind: 'processor', any: ['illegal instruction', 'requires a cpu with', 'cpu does not support', 'cpu lacks', 'instruction check fail', 'the processor does not support'] },
  { kind: 'platform', any: ['exec format error', 'cannot execute binary file', "rosetta error", 'qemu: uncaught target signal', 'invalid elf header'] },
  { kind: 'refused', any: ['[errno 111]', 'delayed connect error: 111', 'remote connection failure'] },
  { kind: 'refused', any: ['curl: (7)'], with: ["couldn't connect to server", 'could not connect to server'] },
  { kind: 'refused', any: ['connection refused', 'econnrefused', 'actively refused', 'errno 111', 'connection_refused', 'connectionrefused', 'broker may not be available', 'run out of available brokers', "can't connect to mysql server", "can't connect to server on", 'nobrokersavailable', 'connectexception', 'connect call failed', 'not yet accepting connections', 'the database system is starting up'], without: ['timed out', 'timeout'] },
  { kind: 'refused', any: ['connection to '], with: [' refused'] },
  { kind: 'unreachable', any: ['i/o timeout', 'etimedout', 'connection timed out', 'connect timed out', 'connect timeout', 'connecttimeout', 'connection timeout', 'timed out connecting', 'operation timed out', 'timeout expired', 'connection attempt timed out', 'no route to host', 'ehostunreach', 'network is unreachable', 'enetunreach', 'host is unreachable', 'connection_timed_out', 'serverselectiontimeout', 'server selection timed out', 'server selection timeout', 'connectiontimeouterror', 'timed out waiting for connection', 'connect: timeout', 'download timed out', 'deadlineexceeded: failed to connect'] },
  { kind: 'unreachable', any: ['curl: (28)', 'timed out waiting for a node assignment', 'timeout contacting cluster nodes', 'operationalerror: timed out'] },
  { kind: 'unreachable', any: ['context deadline exceeded', 'timed out', 'timeout'], with: ['dial ', 'connecting to', 'connect to', 'failed to connect', 'could not connect', 'connection to'] },
  { kind: 'user-switch', any: ['failed switching to', 'su-exec: ', 'setgroups', "can't set groups", 'cannot set groups', 'setuid', 'setgid', 'initgroups', 'unable to change to user', 'cannot set uid', 's6-applyuidgid'], with: ['operation not permitted', 'not permitted'] },
  { kind: 'mode-too-open', any: ['" has invalid permissions'], with: ['data directory'] },
  { kind: 'mode-too-open', any: ['are too open', 'must be accessible by owner only', 'unprotected private key file', 'has group or world access', 'has insecure permissions', 'permissions are too permissive'] },
  { kind: 'privileged-port', any: ['permission denied', 'eacces', 'access permissions'], with: ['bind(', 'bind:', 'bind to', ' bind ', 'binding to', 'listen tcp', 'listen udp', 'listen eacces', 'listening on', 'listen on'] },
  { kind: 'variable', any: ['could not resolve placeholder', 'unbound variable', 'parameter not set', 'parameter null or not set', 'password option is not specified', 'superuser password is not specified', 'missing value', 'missing required environment', 'missing environment', 'missing required env', 'missing env', 'undefined environment variable', 'undefined env'], without: ['missing value for argument'] },
  { kind: 'variable', any: ['environment variable', 'env var', 'env variable'], with: ['not set', 'required', 'missing', 'must be set', 'must be specified', 'not defined', 'undefined', 'not found', 'is empty', 'unset', 'not present', 'must not be empty', 'need to specify', 'not provided', 'could not find', ': set the ', 'please provide', 'please define', 'please set', 'please specify', 'via the environment variable'], without: ['not found in type', 'expand environment variables'] },
  { kind: 'unknown-user', any: ['could not look up effective user id', 'cannot find name for user id', 'no passwd entry', 'uid not found', 'unknown userid', "you don't exist, go away", 'invalid null input: name', 'no user exists for uid', 'unable to find user'] },
  { kind: 'permission', any: ['permission denied', 'eacces', 'operation not permitted', 'no usable temporary directory', 'could not find a temporary directory', 'unable to create tempdir', 'accessdeniedexception', 'read-only file system', 'erofs', 'access to the path', 'not writable', 'permissionerror', 'unable to write', 'has wrong ownership'], without: ['could not read from remote repository', 'publickey', 'access token'] },
  // What the kubelet sets for a Service named `redis`: REDIS_PORT=tcp://10.96.0.7:6379.
  { kind: 'service-variable', any: ['tcp://', 'udp://'], with: ['pars', 'invalid', 'numberformat', 'valueerror', 'for input string', 'should be', 'not a valid', 'not a number', 'malformed', 'failed to bind properties', 'failed to convert'], without: ['dial', 'refused', 'timed out', 'timeout', 'connecting', 'connect to'] },
  { kind: 'runtime-version', any: ['unsupportedclassversionerror', 'compiled by a more recent version of the java runtime', 'you must install or update .net', 'requires a different python', 'dependencies require a php version', 'was compiled against a different node.js version', 'was compiled using an incompatible version'] },
  { kind: 'runtime-version', any: ['ruby version is', 'engine "node" is incompatible', 'node version'], with: ['but your gemfile', 'expected version', 'is required', 'requires'] },
  { kind: 'part-missing', any: ["version `glibc", "version `glibcxx", "version 'glibc", 'error while loading shared libraries', 'error loading shared library', 'cannot open shared object file', 'symbol lookup error', 'cannot find module', 'cannot find package', 'err_module_not_found', 'modulenotfounderror', 'no module named', 'could not find or load main class', 'noclassdeffounderror', 'classnotfoundexception', 'unable to access jarfile', 'no main manifest attribute', 'could not locate the query engine', 'could not find a production build', 'could not find chrome', "executable doesn't exist at", 'could not load file or assembly', 'cannot load such file -- ', 'there is no package called ', 'not found in current path', 'call to undefined function', 'could not find driver', 'unable to load dynamic library', 'in locally installed gems', 'script not found "', 'error: module not found "', 'cgo_enabled=0', 'cannot import name', 'binary incompatibility', 'err_require_esm', 'vendor/autoload.php', 'in @inc', 'unknown time zone ', 'no time zone found with key', 'zoneinfonotfounderror', 'timezonenotfoundexception', 'unknown time-zone id', 'unknowntimezoneerror'] },
  { kind: 'part-missing', any: ['class "', "class '"], with: ['" not found', "' not found"] },
  { kind: 'part-missing', any: ["the application '"], with: ["' does not exist"] },
  { kind: 'part-missing', any: ['could not access file "', 'could not load library "'], with: ['no such file'] },
  { kind: 'part-missing', any: ['error relocating'], with: ['symbol not found'] },
  { kind: 'arguments', any: ['unknown flag', 'unknown shorthand flag', 'unknown option', 'unrecognized option', 'unrecognized argument', 'unrecognised option', 'flag provided but not defined', 'invalid option', 'unknown command', 'unexpected argument', 'no such option', 'bad option', 'found argument', 'missing required argument', 'the following arguments are required', 'illegal option', 'required flag', 'unknown arguments', 'invalid argument "', 'unrecognized vm option', 'initial heap size set to a larger value', 'too small maximum heap', 'too small initial heap', 'invalid maximum heap size', 'invalid initial heap size', 'conflicting collector combinations', 'improperly specified vm option', 'is obsolete; support was removed', 'missing script: ', 'error loading asgi app', 'unable to load celery application', 'failed to find attribute', 'failed to find application object', 'run again with the --', 'run again with --', 'rerun with --', 're-run with --'], without: ['err unknown command'] },
  { kind: 'file-missing', any: ['modprobe: fatal: module '], with: [' not found'] },
  { kind: 'file-missing', any: ['no such file or directory', 'enoent', 'filenotfoundexception', 'filenotfounderror', 'nosuchfileexception', 'could not find file', 'config file not found', 'configuration file not found', 'does not exist or is not a file', "can't open file", 'jar manifest missing'], without: ['connect'] },
  { kind: 'configuration', any: ['invalid configuration', 'invalid config', 'configuration error', 'config error', 'error parsing config', 'error loading config', 'failed to load config', 'failed to parse config', 'could not load config', 'error reading config', 'cannot parse config', 'bad configuration', 'unknown directive', 'unexpected end of file, expecting', 'cannot unmarshal', 'yaml: line', 'yaml: unmarshal', 'not found in type ', 'length should be at least', 'requirement failed: ', 'error converting yaml', 'yaml.scanner.scannererror', 'yaml.parser.parsererror', 'jsondecodeerror', 'json.decoder', 'toml: ', 'tomlerror', 'toml parse error', 'missing field `', 'unknown variant `', 'unknown field `', 'parseinterror', 'error in configuration', 'invalid value for', 'invalid value "', 'unknown field', 'failed to bind properties', 'application failed to start', 'invalid port', 'is not a valid', 'bad config', 'configexception', 'configurationexception', 'validation error for settings', 'validation errors for settings', 'the config property ', 'unable to configure https endpoint', 'config validation of [', 'configurationerror', 'has invalid keys', 'strconv.parse', 'envconfig.process', 'perhaps misspelled or defined by a module', 'no setting with that name', 'field not found, node', 'attempted to set unknown variable', 'key material not provided', 'invalid locale settings', 'unsupported locale setting', 'locale not supported', "couldn't find local name", 'not in the peer list', "parameter 'connectionstring'", 'connectionstring property has not been initialized', 'missing required configuration', 'unknown configuration', 'unrecognized configuration parameter', 'fatal config file error', 'failed validation', 'is not configured', 'must be configured', 'attribute is not specified', 'could not parse', 'failed to parse', 'error parsing'] },
  { kind: 'configuration', any: ['[emerg]'] },
  { kind: 'configuration', any: ['in json at position', 'unexpected token'], with: ['json'] },
  { kind: 'uncaught', any: ['panic: ', 'panicked at', 'traceback (most recent call last)', 'exception in thread', 'uncaught', 'unhandled', 'segmentation fault', 'sigsegv', 'fatal error: ', 'php fatal error', 'terminate called', 'assertion failed', 'core dumped', 'goroutine 1 [', 'caused by: ', 'throw er'] },
];
