import { expect, it } from 'vitest';
import { parseLabelSelector } from './label-selector.ts';

it.each([
  ['', {}, true],
  ['  ', {}, true],
  ['a', { a: '' }, true],
  ['a', {}, false],
  ['!a', {}, true],
  ['a=b', { a: 'b' }, true],
  ['a==b,c=d', { a: 'b', c: 'x' }, false],
  ['a!=b', {}, true],
  ['a=', { a: '' }, true],
  ['x.io/a in (b , c)', { 'x.io/a': 'c' }, true],
  ['a notin (b,c)', { a: 'c' }, false],
  ['a notin (b)', {}, true],
  ['a in ()', { a: '' }, true],
  ['in in (in,notin)', { in: 'notin' }, true],
  ['a>5', { a: '10' }, true],
  ['a<5', { a: 'x' }, false],
  ['toString', {}, false],
])('%s of %j is %s', (selector, labels, matches) => {
  expect(parseLabelSelector(selector)(labels)).toBe(matches);
});

it.each([
  ['a in', "unable to parse requirement: found '' expected: '('"],
  [',', "found ',', expected: !, identifier, or 'end of string'"],
  ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
  ['a in (b c)', "unable to parse requirement: found 'c', expected: ',' or ')'"],
  ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
  ['a,', "found '', expected: identifier after ','"],
  ['!', "unable to parse requirement: found '', expected: identifier"],
  ['-a', 'unable to parse requirement: <nil>: Invalid value: "-a"'],
])('refuses %s', (selector, message) => {
  expect(() => parseLabelSelector(selector)).toThrow(message);
});
