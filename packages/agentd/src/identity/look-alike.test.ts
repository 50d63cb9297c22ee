import { describe, expect, it } from 'vitest';
import type { Person } from '@autodevops/domain/change/person';
import { refuseLookAlike } from './look-alike.ts';

const ann: Person = { id: 'ann', name: 'Ann', accounts: ['http:ann@example.com', 'slack:T1/U1'], roles: ['approver'] };

function refusal(person: Pick<Person, 'id' | 'accounts'>): string {
  try {
    refuseLookAlike(person, [ann]);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('a person beside others', () => {
  it.each(['http:Ann@example.com', 'http:ann+b@example.com', 'http:аnn@example.com', 'slack:t1/u1'])(
    "does not get the account %s, which looks like another's",
    (account) => {
      expect(refusal({ id: 'eve', accounts: ['local:eve', account] })).toMatch(
        /^The account .* looks like .*, which is linked to Ann\.$/,
      );
    },
  );

  it('is not called like another', () => {
    expect(refusal({ id: 'Аnn', accounts: [] })).toBe('The person Аnn would look like ann (Ann).');
  });

  it('may have accounts of his own, and be written anew', () => {
    expect(refusal({ id: 'anna', accounts: ['http:anna@example.com', 'slack:T1/U10'] })).toBe('');
    expect(refusal({ id: 'ann', accounts: ['http:ANN@example.com'] })).toBe('');
  });
});
