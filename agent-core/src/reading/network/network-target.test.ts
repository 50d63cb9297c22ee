import { describe, expect, it } from 'vitest';
import { networkTarget } from './network-target.ts';

const lines: readonly (readonly [string, string, number | undefined])[] = [
  ['dial tcp 10.96.44.21:5432: connect: connection refused', '10.96.44.21', 5432],
  ['dial tcp: lookup db on 10.96.0.10:53: no such host', 'db', undefined],
  ['dial tcp: lookup db.shop.svc.cluster.local: i/o timeout', 'db.shop.svc.cluster.local', undefined],
  ['connection to server at "db" (10.1.2.3), port 5432 failed: Connection refused', 'db', 5432],
  ['could not translate host name "db" to address: Name or service not known', 'db', undefined],
  [
    'could not connect to server: Connection refused Is the server running on host "db" (10.1.2.3) and accepting TCP/IP connections on port 5432?',
    'db',
    5432,
  ],
  ['Error: connect ECONNREFUSED 10.96.7.7:6379', '10.96.7.7', 6379],
  ['Error: getaddrinfo ENOTFOUND redis', 'redis', undefined],
  ['Error: getaddrinfo EAI_AGAIN postgres', 'postgres', undefined],
  ['java.net.UnknownHostException: orders: Name or service not known', 'orders', undefined],
  ['Connection to db:5432 refused. Check that the hostname and port are correct', 'db', 5432],
  ['Connect to orders:8080 [orders/10.96.0.3] failed: Connection refused', 'orders', 8080],
  ['java.net.ConnectException: Failed to connect to /10.96.0.4:8080', '10.96.0.4', 8080],
  ['io.netty.channel.AbstractChannel$AnnotatedConnectException: Connection refused: db/10.96.3.4:5432', 'db', 5432],
  ["Can't connect to MySQL server on 'mysql:3306' (111)", 'mysql', 3306],
  ["(2003, \"Can't connect to MySQL server on 'mysql' ([Errno 111] Connection refused)\")", 'mysql?', undefined],
  [
    "HTTPConnectionPool(host='orders', port=8080): Max retries exceeded with url: / (Caused by NewConnectionError('<urllib3.connection.HTTPConnection object at 0x7f>: Failed to establish a new connection: [Errno 111] Connection refused'))",
    'orders',
    8080,
  ],
  ["wget: can't connect to remote host (10.96.3.4): Connection refused", '10.96.3.4', undefined],
  ['nc: db (10.96.5.5:5432): Connection refused', '10.96.5.5', 5432],
  ['curl: (7) Failed to connect to db port 5432 after 2 ms: Connection refused', 'db', 5432],
  ['curl: (6) Could not resolve host: api.shop.svc', 'api.shop.svc', undefined],
  ["nslookup: can't resolve 'db'", 'db', undefined],
  ["wget: bad address 'db:8080'", 'db', 8080],
  ["** server can't find db.shop.svc.cluster.local: NXDOMAIN", 'db.shop.svc.cluster.local', undefined],
  ['Error 111 connecting to redis:6379. Connection refused.', 'redis', 6379],
  ['Error -2 connecting to redis:6379. Name or service not known.', 'redis', 6379],
  ['host not found in upstream "backend" in /etc/nginx/conf.d/default.conf:12', 'backend', undefined],
  [
    'connect() failed (111: Connection refused) while connecting to upstream, client: 10.244.0.9, server: , request: "GET / HTTP/1.1", upstream: "http://10.96.2.3:8080/", host: "shop"',
    '10.96.2.3',
    8080,
  ],
  [
    'Connection to node -1 (kafka/10.96.1.1:9092) could not be established. Broker may not be available.',
    'kafka',
    9092,
  ],
  ['Get "http://orders.shop:8080/health": dial tcp 10.96.1.9:8080: connect: connection refused', 'orders.shop', 8080],
  ['cannot connect to postgres://user:pw@db/shop: connection refused', 'db', 5432],
  ['MongoServerSelectionError: getaddrinfo ENOTFOUND mongo', 'mongo', undefined],
  [
    'pymongo.errors.ServerSelectionTimeoutError: mongo:27017: [Errno 111] Connection refused, Timeout: 30s',
    'mongo',
    27017,
  ],
  [
    'java.net.UnknownHostException: zk-1.zk-headless.coord.svc.cluster.local',
    'zk-1.zk-headless.coord.svc.cluster.local',
    undefined,
  ],
  [
    'migrate found failed migrations. Read more about how to resolve them: https://pris.ly/d/migrate-resolve',
    '',
    undefined,
  ],
  ['panic: connection refused', '', undefined],
  ['main.go:21 cannot connect to the database: connection refused', '', undefined],
  ['12:30:15 ERROR connection refused', '', undefined],
  ['dial unix /var/run/app.sock: connect: connection refused', '', undefined],
];

describe('the target of a failed connection', () => {
  for (const [line, host, port] of lines) {
    it(line.slice(0, 80), () => {
      const found = networkTarget(line.toLowerCase());
      expect({ host: found.vague ? `${found.host}?` : found.host, port: found.port }).toEqual({ host, port });
    });
  }
  it('is looked for to the end of long nonsense', () => {
    expect(networkTarget(`${'a.'.repeat(400_000)}${':1'.repeat(200_000)}`).port).toBeUndefined();
  });

  it('is not where the reader is sent for more', () => {
    expect(networkTarget('(background on this error at: https://sqlalche.me/e/20/2j85)').host).toBe('');
    expect(networkTarget('make sure of your list: https://www.mongodb.com/docs/atlas/security-whitelist/').host).toBe(
      '',
    );
  });

  it('has the port that is said to be closed beside the address that answered', () => {
    expect(networkTarget('http://jenkins:8080/ provided port:50000 is not reachable on host jenkins')).toMatchObject({
      host: 'jenkins',
      port: 50000,
    });
  });
});
