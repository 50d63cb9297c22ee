import type { ReadableLine } from './readable-line.ts';

/** What a line of output says went wrong. */
export type FailureKind =
  | 'refused'
  | 'unresolved'
  | 'unreachable'
  | 'credentials'
  | 'too-many-connections'
  | 'database-missing'
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
  | 'platform'
  | 'forbidden'
  | 'uncaught';

interface Pattern {
  readonly kind: FailureKind;
  /** Any of these words, and where `with` is given, any of those too. All in lower case. */
  readonly any: readonly string[];
  readonly with?: readonly string[];
  readonly without?: readonly string[];
}

/** In this order: the more telling before the more general. The words are those of runtimes, drivers and servers. */
const patterns: readonly Pattern[] = [
  { kind: 'forbidden', any: ['is forbidden: user "', 'is forbidden: user \\"'] },
  { kind: 'certificate-expired', any: ['certificate has expired', 'certificate is expired', 'cert_has_expired', 'certificate expired', 'certificateexpiredexception', 'expired certificate'] },
  { kind: 'certificate-untrusted', any: ['certificate signed by unknown authority', 'cannot validate certificate for', 'self signed certificate', 'self-signed certificate', 'unable to get local issuer certificate', 'unable to get issuer certificate', 'pkix path building failed', 'certificate verify failed', 'unable_to_verify_leaf_signature', 'certificate is valid for', 'certificate is not valid for', 'err_tls_cert_altname_invalid', "does not match certificate's altnames", 'tls: bad certificate', 'x509: certificate relies on legacy', 'no subject alternative'] },
  { kind: 'database-missing', any: ['database "', 'database \''], with: ['does not exist'], without: ['relation', 'schema'] },
  { kind: 'database-missing', any: ['unknown database', 'cannot open database "', 'er_bad_db_error'] },
  { kind: 'too-many-connections', any: ['too many connections', 'too many clients', 'remaining connection slots are reserved', 'max number of clients', 'max_user_connections', 'connection pool exhausted', 'queuepool limit', 'pool exhausted', 'timeout exceeded when trying to connect', 'er_con_count_error', 'too many open connections', 'no more connections allowed', 'too many sessions', 'pool timed out while waiting for an open connection'] },
  { kind: 'too-many-connections', any: ['connection is not available, request timed out'] },
  { kind: 'credentials', any: ['password authentication failed', 'access denied for user', 'wrongpass', 'noauth authentication required', 'invalid username-password pair', 'invalid password', 'login failed for user', 'no pg_hba.conf entry', 'access_refused', 'sasl authentication failed', 'scram authentication', 'saslauthenticationexception', 'authentication failed', 'authenticationfailed', 'auth failed', 'invalid credentials', 'invalidaccesskeyid', 'signaturedoesnotmatch', 'security token included in the request is invalid', 'er_access_denied_error', 'client sent auth, but no password is set', 'incorrect password', 'bad credentials', 'invalid api key', 'permission denied for', 'not authorized on', 'ora-01017', 'invalid username/password', 'username and password not accepted', 'no password supplied', 'authentication required'] },
  { kind: 'credentials', any: ['role "'], with: ['does not exist'] },
  { kind: 'credentials', any: ['exception authenticating', 'without any password configured', 'unable to locate credentials', 'could not load credentials from any provider', 'default credentials were not found', '(accessdenied)', '(expiredtoken)', 'http basic: access denied', 'invalidclienttokenid'] },
  { kind: 'unresolved', any: ['no such host', ' enotfound', "'enotfound", '"enotfound', ':enotfound', 'eai_again', 'name or service not known', 'temporary failure in name resolution', 'could not resolve host', 'couldn\'t resolve host', 'unknownhostexception', 'getaddrinfo failed', 'could not translate host name', 'name does not resolve', 'nodename nor servname', "bad address '", "can't resolve '", "server can't find ", 'nxdomain', 'failed to lookup address information', 'unknown mysql server host', 'host not found in upstream', 'no address associated with hostname', 'dns resolution failed', 'name resolution failed', 'unresolvedaddressexception', 'nameresolutionerror', 'server misbehaving', 'unknown host', 'php_network_getaddresses'] },
  { kind: 'unresolved', any: ['failed to resolve', 'could not resolve', 'unable to resolve', 'cannot resolve'], with: ['host', 'dns', 'address', 'domain'], without: ['placeholder', 'dependenc', 'module', 'import', 'image'] },
  // The name server itself does not answer: Go names it after the name, c-ares begins with the query.
  { kind: 'unresolved', any: ['tcp: lookup ', 'udp: lookup ', ': lookup ', '"lookup '], with: [':53: ', ': i/o timeout'] },
  { kind: 'unresolved', any: ['querya ', 'queryaaaa ', 'querysrv '], with: ['etimeout', 'econnrefused', 'eservfail', 'timeout'] },
  { kind: 'port-in-use', any: ['address already in use', 'eaddrinuse', 'address in use', 'only one usage of each socket address', 'port is already allocated', 'was already in use', 'port already in use', 'is already in use by another'], without: ['connect:'] },
  // A server that says so to its client: PostgreSQL (53100), Redis, Elasticsearch and OpenSearch, MongoDB, MySQL.
  { kind: 'storage-of-dependency', any: ['misconf redis is configured to save', 'oom command not allowed when used memory', 'could not extend file "', 'sqlstate 53100', 'flood-stage watermark', 'cluster_block_exception', 'outofdiskspace', 'er_disk_full'], with: ['misconf', 'maxmemory', 'psycopg', 'pq: ', 'pg::', 'psqlexception', 'sqlstate', 'jdbc', 'operationalerror', 'er_disk_full', 'read-only-allow-delete', 'read_only_allow_delete', 'mongoservererror', 'mongoerror', 'diskfull: '] },
  { kind: 'kernel-setting', any: ['vm.max_map_count', 'system limit for number of file watchers', 'inotify_add_watch', 'fs.inotify.'] },
  { kind: 'kernel-setting', any: ['enospc', 'no space left on device'], with: ['inotify', 'watch '] },
  { kind: 'threads', any: ['unable to create native thread', 'unable to create new native thread', "can't start new thread", 'pthread_create failed', 'failed to create new os thread', 'newosproc', "can't create thread", 'failed to spawn thread', 'failed to start the native thread', 'cannot fork', 'fork: retry: resource temporarily unavailable', 'fork: resource temporarily unavailable', 'fork failed: resource temporarily unavailable'] },
  { kind: 'open-files', any: ['too many open files'], without: ['inotify', 'fsnotify', 'watch'] },
  { kind: 'disk-full', any: ['no space left on device', 'enospc', 'disk quota exceeded', 'disk is full', 'device is full', 'not enough disk space', 'insufficient disk space'] },
  { kind: 'heap', any: ['java.lang.outofmemoryerror', 'javascript heap out of memory', 'fatal error: runtime: out of memory', 'memoryerror', 'allocation failed - javascript heap', 'system.outofmemoryexception', 'std::bad_alloc', 'allowed memory size of', 'cannot allocate memory', 'insufficient memory for the java runtime', 'failed to allocate memory (nomemoryerror)'] },
  { kind: 'platform', any: ['exec format error', 'cannot execute binary file', "rosetta error", 'qemu: uncaught target signal', 'invalid elf header'] },
  { kind: 'refused', any: ['[errno 111]', 'delayed connect error: 111', 'remote connection failure'] },
  { kind: 'refused', any: ['curl: (7)'], with: ["couldn't connect to server", 'could not connect to server'] },
  { kind: 'refused', any: ['connection refused', 'econnrefused', 'actively refused', 'errno 111', 'connection_refused', 'connectionrefused', 'broker may not be available', 'run out of available brokers', "can't connect to mysql server", "can't connect to server on", 'nobrokersavailable', 'connectexception', 'connect call failed', 'not yet accepting connections', 'the database system is starting up'], without: ['timed out', 'timeout'] },
  { kind: 'refused', any: ['connection to '], with: [' refused'] },
  { kind: 'unreachable', any: ['i/o timeout', 'etimedout', 'connection timed out', 'connect timed out', 'connect timeout', 'connecttimeout', 'connection timeout', 'timed out connecting', 'operation timed out', 'timeout expired', 'connection attempt timed out', 'no route to host', 'ehostunreach', 'network is unreachable', 'enetunreach', 'host is unreachable', 'connection_timed_out', 'serverselectiontimeout', 'server selection timed out', 'server selection timeout', 'connectiontimeouterror', 'timed out waiting for connection', 'connect: timeout', 'download timed out', 'deadlineexceeded: failed to connect'] },
  { kind: 'unreachable', any: ['curl: (28)', 'timed out waiting for a node assignment', 'operationalerror: timed out'] },
  { kind: 'unreachable', any: ['context deadline exceeded', 'timed out', 'timeout'], with: ['dial ', 'connecting to', 'connect to', 'failed to connect', 'could not connect', 'connection to'] },
  { kind: 'privileged-port', any: ['permission denied', 'eacces', 'access permissions'], with: ['bind(', 'bind:', 'bind to', ' bind ', 'binding to', 'listen tcp', 'listen udp', 'listen eacces', 'listening on', 'listen on'] },
  { kind: 'variable', any: ['could not resolve placeholder', 'unbound variable', 'parameter not set', 'parameter null or not set', 'password option is not specified', 'superuser password is not specified', 'missing value', 'missing required environment', 'missing environment', 'missing required env', 'missing env', 'undefined environment variable', 'undefined env'], without: ['missing value for argument'] },
  { kind: 'variable', any: ['environment variable', 'env var', 'env variable'], with: ['not set', 'required', 'missing', 'must be set', 'must be specified', 'not defined', 'undefined', 'not found', 'is empty', 'unset', 'not present', 'must not be empty', 'need to specify', 'not provided', 'could not find', ': set the '] },
  { kind: 'permission', any: ['permission denied', 'eacces', 'operation not permitted', 'accessdeniedexception', 'read-only file system', 'erofs', 'access to the path', 'not writable', 'permissionerror', 'unable to write'], without: ['could not read from remote repository', 'publickey', 'access token'] },
  { kind: 'arguments', any: ['unknown flag', 'unknown shorthand flag', 'unknown option', 'unrecognized option', 'unrecognized argument', 'unrecognised option', 'flag provided but not defined', 'invalid option', 'unknown command', 'unexpected argument', 'no such option', 'bad option', 'found argument', 'missing required argument', 'the following arguments are required', 'illegal option', 'required flag', 'unknown arguments', 'invalid argument "'], without: ['err unknown command'] },
  { kind: 'file-missing', any: ['no such file or directory', 'enoent', 'filenotfoundexception', 'filenotfounderror', 'nosuchfileexception', 'could not find file', 'config file not found', 'configuration file not found', 'does not exist or is not a file', "can't open file"], without: ['connect'] },
  { kind: 'configuration', any: ['invalid configuration', 'invalid config', 'configuration error', 'config error', 'error parsing config', 'error loading config', 'failed to load config', 'failed to parse config', 'could not load config', 'error reading config', 'cannot parse config', 'bad configuration', 'unknown directive', 'unexpected end of file, expecting', 'cannot unmarshal', 'yaml: line', 'yaml: unmarshal', 'error converting yaml', 'yaml.scanner.scannererror', 'yaml.parser.parsererror', 'jsondecodeerror', 'json.decoder', 'toml: ', 'error in configuration', 'invalid value for', 'invalid value "', 'unknown field', 'failed to bind properties', 'application failed to start', 'invalid port', 'is not a valid', 'bad config', 'configexception', 'configurationexception', 'validation error for settings', 'missing required configuration', 'unknown configuration', 'unrecognized configuration parameter', 'fatal config file error', 'failed validation', 'could not parse', 'failed to parse', 'error parsing'] },
  { kind: 'configuration', any: ['[emerg]'] },
  { kind: 'configuration', any: ['in json at position', 'unexpected token'], with: ['json'] },
  { kind: 'uncaught', any: ['panic: ', 'panicked at', 'traceback (most recent call last)', 'exception in thread', 'uncaught', 'unhandled', 'segmentation fault', 'sigsegv', 'fatal error: ', 'php fatal error', 'terminate called', 'assertion failed', 'core dumped', 'cannot find module', 'modulenotfounderror', 'could not find or load main class', 'error while loading shared libraries', 'glibc_', 'goroutine 1 [', 'caused by: ', 'throw er', 'unable to access jarfile', 'no main manifest attribute'] },
];

function matches(pattern: Pattern, lower: string): boolean {
  if (!pattern.any.some((words) => lower.includes(words))) return false;
  if (pattern.with !== undefined && !pattern.with.some((words) => lower.includes(words))) return false;
  return pattern.without === undefined || !pattern.without.some((words) => lower.includes(words));
}

/** `KeyError: 'DATABASE_URL'`, `DATABASE_URL is not set`: a name that only an environment variable has. */
function complainsOfVariable(line: ReadableLine): boolean {
  if (!/[A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9]/.test(line.text)) return false;
  if (/\bKeyError: ['"][A-Z][A-Z0-9_]+['"]|\bkey not found: ["':][A-Z][A-Z0-9_]+/.test(line.text)) return true;
  return / (?:is|was|are|must be|not|required|missing)\b/.test(line.lower) && absent.some((words) => line.lower.includes(words));
}
const absent = ['not set', 'is required', 'must be set', 'is missing', 'not defined', 'is undefined', 'is empty', 'must be provided', 'must be specified', 'not configured', 'required key', 'is unset', 'not provided', 'is not present', 'required variable', 'cannot be empty', 'must not be empty', 'must be defined'];

/** `TypeError: x is not a function`, `java.lang.IllegalStateException: ...`: how runtimes begin an exception's line. */
function looksThrown(text: string): boolean {
  return /^(?:[a-zA-Z_$][\w$]*\.)*[A-Z]\w*(?:Error|Exception|Panic)\b(?::|$| \[)/.test(text.slice(0, 300));
}

/** The kind of failure that a line tells of, if any. */
export function failureIn(line: ReadableLine): FailureKind | undefined {
  const found = patterns.find((pattern) => matches(pattern, line.lower));
  if (found !== undefined && found.kind !== 'uncaught' && found.kind !== 'configuration') return found.kind;
  if (complainsOfVariable(line)) return 'variable';
  return found?.kind ?? (looksThrown(line.text) ? 'uncaught' : undefined);
}
