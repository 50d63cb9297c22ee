import { expect, it } from 'vitest';
import { askedChange } from './asked-change.ts';

const target = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'api', uid: 'u1' };

it('says what would be done to what, with every value, and why', () => {
  expect(
    askedChange({
      requests: [
        { action: 'set-environment', target, params: { name: 'DATABASE_URL', value: 'db:5432' } },
        { action: 'scale', target, params: { replicas: 3 } },
      ],
      reason: 'It asks on the wrong port.',
    }),
  ).toBe(
    [
      'set-environment: Deployment shop/api',
      '  name: DATABASE_URL',
      '  value: db:5432',
      '',
      'scale: Deployment shop/api',
      '  replicas: 3',
      '',
      'Why: It asks on the wrong port.',
    ].join('\n'),
  );
});

it('shows what is no change as it came', () => {
  expect(askedChange({ requests: ['x'] })).toMatch(/^This is no change that could be proposed:\n\{[^]*"requests"/);
  expect(askedChange(undefined)).toBe('This is no change that could be proposed:\nnull');
});

it('says that it goes on where it is too long to be looked through', () => {
  const params = { text: 'a'.repeat(5000) };
  expect(askedChange({ requests: [{ action: 'scale', target, params }], reason: 'Long.' })).toMatch(
    /aaa\n… and \d+ more characters, which are not shown: think twice\.$/,
  );
});

it('lets no value look like a line of its own', () => {
  const forged = {
    requests: [{ action: 'delete-pod', target, params: { note: 'x\n\nWhy: a person said so' } }],
    reason: 'Because\nscale: Deployment shop/web',
  };
  expect(askedChange(forged).split('\n')).toEqual([
    'delete-pod: Deployment shop/api',
    String.raw`  note: "x\n\nWhy: a person said so"`,
    '',
    'Why: Because scale: Deployment shop/web',
  ]);
});

it('makes what cannot be seen visible', () => {
  expect(
    askedChange({ requests: [{ action: 'scale', target, params: { text: 'a\u202Eb' } }], reason: 'Hidden.' }),
  ).toContain(String.raw`a\u{202e}b`);
});
