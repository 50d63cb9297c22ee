import { describe, expect, it } from 'vitest';
import { valueAt } from './json-pointer.ts';

const document = JSON.parse(
  '{"alerts":[{"labels":{"a/b":"slash","m~n":"tilde","~1":"both","":"empty"}}],"nothing":null,"__proto__":{"own":1}}',
) as unknown;

describe('what stands at a place of a document', () => {
  it.each([
    ['/alerts/0/labels/a~1b', 'slash'],
    ['/alerts/0/labels/m~0n', 'tilde'],
    ['/alerts/0/labels/~01', 'both'],
    ['/alerts/0/labels/', 'empty'],
    ['/nothing', null],
    ['/__proto__/own', 1],
  ])('%s', (pointer, value) => {
    expect(valueAt(document, pointer)).toBe(value);
  });

  it('is the whole document at its root', () => {
    expect(valueAt(document, '')).toBe(document);
  });

  it.each([
    '/alerts/1',
    '/alerts/-',
    '/alerts/00',
    '/alerts/length',
    '/alerts/0/labels/none',
    '/nothing/at/all',
    '/alerts/0/labels/a~1b/length',
    '/constructor',
    '/alerts/0/toString',
  ])('is nothing at %s', (pointer) => {
    expect(valueAt(document, pointer)).toBeUndefined();
  });
});
