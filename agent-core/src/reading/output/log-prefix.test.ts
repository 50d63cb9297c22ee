import { expect, it } from 'vitest';
import { withoutLogPrefix } from './log-prefix.ts';

it("takes away klog's header", () => {
  expect(withoutLogPrefix('E1118 14:15:01.230012       1 run.go:72] "command failed" err="unknown gate"')).toBe('"command failed" err="unknown gate"');
});

it('takes away time, level and source file', () => {
  expect(withoutLogPrefix('2026-11-18 14:16:11.040 [ERROR][9] startup/autodetect.go 98: Unable to find an address')).toBe('Unable to find an address');
});

it('leaves a line that is a message alone', () => {
  expect(withoutLogPrefix('Error: connect ECONNREFUSED 10.0.0.1:5432')).toBe('Error: connect ECONNREFUSED 10.0.0.1:5432');
});

it('keeps a line that is nothing but a prefix', () => {
  expect(withoutLogPrefix('[ERROR]')).toBe('[ERROR]');
});
