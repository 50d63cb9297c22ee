import { describe, expect, it } from 'vitest';
import { demandIn } from './stated-demand.ts';

describe('what a line demands by the form of its sentence', () => {
  it.each([
    ['alert: [pool www] pm.start_servers(20) must not be less than pm.min_spare_servers(5)', 'configuration'],
    [
      'datasource.yaml config is invalid. only one datasource per organization can be marked as default',
      'configuration',
    ],
    ['shards must be greater than zero', 'configuration'],
    ['the application secret has not been set, and we are in prod mode', 'configuration'],
    ['no application encryption key has been specified.', 'configuration'],
    ['options --tls and --insecure are mutually exclusive', 'configuration'],
    ['error: registry answered 403 forbidden', 'credentials'],
    ['axioserror: request failed with status code 401', 'credentials'],
    ['your ruby version is 3.3.6, but your gemfile specified 3.4.1', 'runtime-version'],
    ['found terraform version 1.5.7, but this module requires >= 1.6', 'runtime-version'],
    ['this build requires node version 20.11 or newer, found 18.19.1', 'runtime-version'],
  ])('reads "%s"', (line, kind) => {
    expect(demandIn(line)).toBe(kind);
  });

  it.each([
    'server version 1.4.2 started',
    'connection closed by peer',
    'shutting down',
    'version 3 of the api is used, version 4 follows',
    'processed 401 of 903 orders',
    'worker must stop',
  ])('reads nothing into "%s"', (line) => {
    expect(demandIn(line)).toBeUndefined();
  });
});
