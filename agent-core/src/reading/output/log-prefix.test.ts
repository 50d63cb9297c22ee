import { expect, it } from 'vitest';
import { withoutLogPrefix } from './log-prefix.ts';

it("takes away klog's header", () => {
  expect(withoutLogPrefix('E1118 14:15:01.230012       1 run.go:72] "command failed" err="unknown gate"')).toBe(
    '"command failed" err="unknown gate"',
  );
});

it('takes away time, level and source file', () => {
  expect(
    withoutLogPrefix('2026-11-18 14:16:11.040 [ERROR][9] startup/autodetect.go 98: Unable to find an address'),
  ).toBe('Unable to find an address');
});

it.each([
  [
    '2026-05-21 09:57:58,002 ERROR [org.keycloak.Main] (main) ERROR: Could not acquire change log lock.',
    'ERROR: Could not acquire change log lock.',
  ],
  [
    '2026-03-20T09:57:26.103Z  INFO 1 --- [main] liquibase.lockservice : Waiting for changelog lock....',
    'Waiting for changelog lock....',
  ],
  [
    '2026/03/17 09:58:31 [error] 1#0: init_by_lua error: database needs bootstrapping',
    'init_by_lua error: database needs bootstrapping',
  ],
  [
    '[03-Mar-2026 09:58:30] ALERT: [pool www] pm.start_servers(20) must not be less than 5',
    '[pool www] pm.start_servers(20) must not be less than 5',
  ],
  [
    '2026.05.10 09:57:58.300 [ 1 ] {} <Error> Application: DB::Exception: broken parts',
    'Application: DB::Exception: broken parts',
  ],
  [
    '2026-05-11 09:58:11 +0000 [error]: config error file="/fluentd/etc/fluent.conf"',
    'config error file="/fluentd/etc/fluent.conf"',
  ],
  [
    '2026-04-11 09:57:03.500000+00:00 [error] <0.254.0> Feature flags: required feature flag not enabled!',
    'Feature flags: required feature flag not enabled!',
  ],
  ["1:M 19 Nov 2026 15:35:01.011 # Can't handle RDB format version 12", "Can't handle RDB format version 12"],
  ["2026-11-19T08:09:15.730101Z 0 [ERROR] [MY-000067] [Server] unknown variable 'x=y'.", "unknown variable 'x=y'."],
  [
    '2026-11-20 10:58:11.010 UTC [1] PANIC:  could not locate a valid checkpoint record',
    'could not locate a valid checkpoint record',
  ],
  ['2026-11-20  7:14:02 97 [Warning] Aborted connection 97', 'Aborted connection 97'],
  ['[7] 2026/11/20 07:53:02.130801 [ERR] 10.0.0.7:4 - authentication error', '10.0.0.7:4 - authentication error'],
  ['[10:56:02 FTL] Host terminated unexpectedly', 'Host terminated unexpectedly'],
  ['mariadb 01:07:17.83 ERROR ==> It is not safe to begin', 'It is not safe to begin'],
  [
    'ERROR [main] 2026-11-20 10:58:22,730 CassandraDaemon.java:898 - Fatal exception during initialization',
    'Fatal exception during initialization',
  ],
])('takes away what the logger of a product puts before it: %s', (line, message) => {
  expect(withoutLogPrefix(line)).toBe(message);
});

it('leaves a line that is a message alone', () => {
  expect(withoutLogPrefix('Error: connect ECONNREFUSED 10.0.0.1:5432')).toBe(
    'Error: connect ECONNREFUSED 10.0.0.1:5432',
  );
});

it('keeps a line that is nothing but a prefix', () => {
  expect(withoutLogPrefix('[ERROR]')).toBe('[ERROR]');
});
