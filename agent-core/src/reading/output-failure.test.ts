import { describe, expect, it } from 'vitest';
import { failureIn } from './output-failure.ts';
import type { FailureKind } from './output-failure.ts';
import { readableLine } from './readable-line.ts';

const lines: readonly (readonly [FailureKind | undefined, string])[] = [
  ['refused', 'redis.exceptions.ConnectionError: Error 111 connecting to cache:6379. Connection refused.'],
  ['refused', 'org.postgresql.util.PSQLException: Connection to db:5432 refused. Check that the hostname and port are correct'],
  ['refused', 'Caused by: java.net.ConnectException: Connection refused (Connection refused)'],
  ['refused', '[error] 7#7: *1 connect() failed (111: Connection refused) while connecting to upstream'],
  ['refused', 'System.Net.Sockets.SocketException (111): Connection refused'],
  ['refused', 'thread panicked: Os { code: 111, kind: ConnectionRefused, message: "Connection refused" }'],
  ['refused', '{"level":50,"time":1,"err":{"type":"Error","message":"connect ECONNREFUSED 10.96.7.7:6379"},"msg":"redis down"}'],
  ['refused', 'kafka: client has run out of available brokers to talk to: dial tcp 10.96.1.1:9092: connect: connection refused'],
  ['unresolved', 'urllib3.exceptions.NameResolutionError: Failed to resolve \'orders\' ([Errno -2] Name or service not known)'],
  ['unresolved', 'dial tcp: lookup db on 10.96.0.10:53: server misbehaving'],
  ['unresolved', 'Error: getaddrinfo EAI_AGAIN db'],
  ['unresolved', 'could not translate host name "db" to address: nodename nor servname provided, or not known'],
  ['unreachable', 'dial tcp 10.96.44.21:5432: i/o timeout'],
  ['unreachable', 'java.net.SocketTimeoutException: connect timed out'],
  ['unreachable', 'failed to connect to 10.0.0.1:443: context deadline exceeded'],
  ['unreachable', 'com.mysql.cj.jdbc.exceptions.CommunicationsException: java.net.NoRouteToHostException: No route to host'],
  ['credentials', 'FATAL:  password authentication failed for user "shop"'],
  ['credentials', 'ERROR 1045 (28000): Access denied for user \'shop\'@\'10.244.1.17\' (using password: YES)'],
  ['credentials', 'MongoServerError: Authentication failed.'],
  ['credentials', 'amqp.exceptions.AccessRefused: (0, 0): (403) ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN.'],
  ['credentials', 'FATAL: role "shop" does not exist'],
  ['database-missing', 'FATAL:  database "shop" does not exist'],
  ['database-missing', 'ERROR 1049 (42000): Unknown database \'shop\''],
  ['too-many-connections', 'FATAL: remaining connection slots are reserved for roles with the SUPERUSER attribute'],
  ['too-many-connections', 'sqlalchemy.exc.TimeoutError: QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00'],
  ['certificate-expired', 'x509: certificate has expired or is not yet valid: current time 2026-03-10T11:56:41Z is after 2026-03-01T00:00:00Z'],
  ['certificate-expired', 'Error: certificate has expired { code: \'CERT_HAS_EXPIRED\' }'],
  ['certificate-untrusted', 'requests.exceptions.SSLError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate'],
  ['certificate-untrusted', 'javax.net.ssl.SSLHandshakeException: PKIX path building failed'],
  ['certificate-untrusted', 'x509: certificate is valid for db.shop.svc, not db'],
  ['variable', 'panic: required key DATABASE_URL missing value'],
  ['variable', 'Error: DATABASE_URL environment variable is not set'],
  ['variable', 'KeyError: \'SECRET_KEY\''],
  ['variable', '/bin/sh: 1: DB_HOST: parameter not set'],
  ['variable', 'SECRET_KEY_BASE is required'],
  ['arguments', 'Error: unknown shorthand flag: \'x\' in -x'],
  ['arguments', 'error: unrecognized arguments: --prot 80'],
  ['configuration', 'nginx: [emerg] unexpected end of file, expecting "}" in /etc/nginx/nginx.conf:12'],
  ['configuration', 'level=error msg="Error loading config (--config.file=/etc/prometheus/prometheus.yml)" err="yaml: unmarshal errors: line 3: field x not found"'],
  ['configuration', 'SyntaxError: Unexpected token } in JSON at position 42'],
  ['file-missing', 'Error: ENOENT: no such file or directory, open \'/etc/app/config.json\''],
  ['file-missing', 'java.io.FileNotFoundException: /etc/app/config.yml (No such file or directory)'],
  ['permission', 'mkdir: cannot create directory \'/data/x\': Permission denied'],
  ['permission', 'initdb: error: could not change permissions of directory "/var/lib/postgresql/data": Operation not permitted'],
  ['privileged-port', 'listen tcp :80: bind: permission denied'],
  ['privileged-port', 'Error: listen EACCES: permission denied 0.0.0.0:80'],
  ['port-in-use', 'Error: listen EADDRINUSE: address already in use :::8080'],
  ['port-in-use', 'Web server failed to start. Port 8080 was already in use.'],
  ['disk-full', 'write /data/wal: no space left on device'],
  ['heap', 'java.lang.OutOfMemoryError: Java heap space'],
  ['heap', 'PHP Fatal error:  Allowed memory size of 134217728 bytes exhausted'],
  ['platform', 'exec /app: exec format error'],
  ['forbidden', 'pods is forbidden: User "system:serviceaccount:shop:web" cannot list resource "pods" in API group ""'],
  ['uncaught', 'panic: runtime error: index out of range [3] with length 3'],
  ['uncaught', 'Exception in thread "main" java.lang.IllegalStateException: no route'],
  ['uncaught', 'TypeError: Cannot read properties of undefined (reading \'x\')'],
  ['uncaught', 'ModuleNotFoundError: No module named \'flask\''],
  [undefined, 'listening on :8080'],
  [undefined, 'GET /login 401 12ms'],
  [undefined, 'finished with 0 errors'],
  [undefined, 'resolved 12 dependencies'],
  [undefined, 'ready to accept connections'],
  [undefined, ''],
];

describe('the failure that a line tells of', () => {
  for (const [kind, line] of lines) it(`${kind ?? 'none'}: ${line.slice(0, 90)}`, () => expect(failureIn(readableLine(line))).toBe(kind));

  it('is found quickly in a line without end', () => {
    const started = performance.now();
    failureIn(readableLine(`${'A_'.repeat(100_000)} is not ${'.x'.repeat(100_000)}Error`));
    expect(performance.now() - started).toBeLessThan(100);
  });
});
