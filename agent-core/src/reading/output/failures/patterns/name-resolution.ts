import type { FailurePattern } from '../failure-pattern.ts';

/** About names that are not resolved. */
export const ofNameResolution: readonly FailurePattern[] = [
  {
    kind: 'unresolved',
    any: [
      'no resolvable bootstrap urls',
      'no such host',
      ' enotfound',
      "'enotfound",
      '"enotfound',
      ':enotfound',
      'eai_again',
      'name or service not known',
      'temporary failure in name resolution',
      'could not resolve host',
      "couldn't resolve host",
      'unknownhostexception',
      'getaddrinfo failed',
      'could not translate host name',
      'name does not resolve',
      'nodename nor servname',
      "bad address '",
      "can't resolve '",
      "server can't find ",
      'nxdomain',
      'failed to lookup address information',
      'unknown mysql server host',
      'host not found in upstream',
      'no address associated with hostname',
      'dns resolution failed',
      'name resolution failed',
      'unresolvedaddressexception',
      'nameresolutionerror',
      'server misbehaving',
      'unknown host',
      'php_network_getaddresses',
    ],
  },
  {
    kind: 'unresolved',
    any: ['failed to resolve', 'could not resolve', 'unable to resolve', 'cannot resolve'],
    with: ['host', 'dns', 'address', 'domain'],
    without: ['placeholder', 'dependenc', 'module', 'import', 'image'],
  },
  // The name server itself does not answer: Go names it after the name, c-ares begins with the query.
  {
    kind: 'unresolved',
    any: [': lookup ', '"lookup '],
    with: [':53: ', ': i/o timeout'],
  },
  {
    kind: 'unresolved',
    any: ['querya ', 'queryaaaa ', 'querysrv '],
    with: ['etimeout', 'econnrefused', 'eservfail', 'timeout'],
  },
];
