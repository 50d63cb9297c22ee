import { expect, it } from 'vitest';
import { readableLine } from './readable-line.ts';

it.each([
  ['[7] 2026/05/19 07:53:02.130 [ERR] 10.0.0.7:4 - cid:312 - authentication error', 'error'],
  ['[12:00:01 FTL] Host terminated unexpectedly', 'fatal'],
  ['[12:00:01 INF] Now listening', 'info'],
  ['E0224 12:10:56.767372       1 kind.go:71] "no such kind"', 'error'],
  ['the value of WRN is 3', ''],
])('reads the level of %s', (line, level) => {
  expect(readableLine(line).level).toBe(level);
});

it('leaves out whose of many processes a line is, and keeps how far it is indented', () => {
  expect(readableLine('(APIServer pid=1)   File "/app/a.py", line 3').text).toBe('  File "/app/a.py", line 3');
  expect(readableLine('(RayWorker pid=12, ip=10.0.0.7) ValueError: x').text).toBe('ValueError: x');
  expect(readableLine('(pid file missing)').text).toBe('(pid file missing)');
});
