import type { FailurePattern } from '../failure-pattern.ts';

/** About connections that do not come about. */
export const ofConnections: readonly FailurePattern[] = [
  {
    kind: 'refused',
    any: ['[errno 111]', 'delayed connect error: 111', 'remote connection failure'],
  },
  {
    kind: 'refused',
    any: ['curl: (7)'],
    with: ["couldn't connect to server", 'could not connect to server'],
  },
  {
    kind: 'refused',
    any: [
      'connection refused',
      'econnrefused',
      'actively refused',
      'errno 111',
      'connection_refused',
      'connectionrefused',
      'broker may not be available',
      'run out of available brokers',
      "can't connect to mysql server",
      "can't connect to server on",
      'nobrokersavailable',
      'connectexception',
      'connect call failed',
      'not yet accepting connections',
      'the database system is starting up',
    ],
    // Kafka Connect calls whatever it fails at a ConnectException.
    without: ['timed out', 'timeout', 'kafka.connect.errors.connectexception'],
  },
  {
    kind: 'refused',
    any: ['connection to '],
    with: [' refused'],
  },
  {
    kind: 'unreachable',
    any: [
      'i/o timeout',
      'etimedout',
      'connection timed out',
      'connect timed out',
      'connect timeout',
      'connecttimeout',
      'connection timeout',
      'timed out connecting',
      'operation timed out',
      'timeout expired',
      'connection attempt timed out',
      'no route to host',
      'ehostunreach',
      'network is unreachable',
      'enetunreach',
      'host is unreachable',
      'connection_timed_out',
      'serverselectiontimeout',
      'server selection timed out',
      'server selection timeout',
      'connectiontimeouterror',
      'timed out waiting for connection',
      'connect: timeout',
      'download timed out',
      'deadlineexceeded: failed to connect',
    ],
  },
  {
    kind: 'unreachable',
    any: [
      'curl: (28)',
      'timed out waiting for a node assignment',
      'timeout contacting cluster nodes',
      'operationalerror: timed out',
    ],
  },
  // What a cloud tells its machines, which pods reach only where the machine lets them.
  {
    kind: 'unreachable',
    any: ['instance metadata', 'ec2imds', 'ec2metadata', '169.254.169.254', 'metadata.google.internal'],
    with: ['deadline exceeded', 'status code: 401', 'timed out', 'timeout', 'exceeded maximum number of attempts'],
  },
  {
    kind: 'unreachable',
    any: ['context deadline exceeded', 'timed out', 'timeout'],
    with: ['dial ', 'connecting to', 'connect to', 'failed to connect', 'could not connect', 'connection to'],
  },
];
