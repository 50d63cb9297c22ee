import { expect, it } from 'vitest';
import { objectOf, subjectOf } from './subject.ts';

const web = { kind: 'Deployment', namespace: 'shop', name: 'web' };

it('a command is called on what it is given, or on what its item is about', () => {
  expect(subjectOf({ type: 'object', object: web })).toEqual({ type: 'object', object: web });
  expect(
    subjectOf({
      id: 'x',
      label: 'web',
      subject: { type: 'cause', code: 'pod.image.not-found', object: { ...web, uid: '1' } },
    }),
  ).toEqual({ type: 'cause', code: 'pod.image.not-found', object: web });
});

it('what is no subject is none', () => {
  for (const other of [
    undefined,
    null,
    'web',
    { type: 'change', id: '../x' },
    { type: 'object', object: { kind: 'Pod' } },
    { subject: 7 },
  ]) {
    expect(subjectOf(other)).toBeUndefined();
  }
});

it('of a cause the object is known, of a change it is not', () => {
  expect(objectOf({ type: 'cause', code: 'x', object: web })).toBe(web);
  expect(objectOf({ type: 'change', id: 'chg-abcdef' })).toBeUndefined();
});
