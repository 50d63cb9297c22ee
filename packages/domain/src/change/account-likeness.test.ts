import { describe, expect, it } from 'vitest';
import { likenessOf } from './account-likeness.ts';

describe('two accounts look like one', () => {
  it.each([
    ['in another case', 'http:Ann@Example.com'],
    ['with a letter of another alphabet', 'http:аnn@example.com'],
    ['with several', 'http:аnn@ехаmрlе.соm'],
    ['with Greek ones', 'http:αnn@example.cοm'],
    ['with a small capital or a letter of phonetics', 'http:ɑnn@example.cᴏm'],
    ['with a letter of Cherokee', 'http:ann@example.ꮯom'],
    ['with a tag of the address', 'http:ann+second@example.com'],
    ['with a dot behind the domain', 'http:ann@example.com.'],
    ['with a mark that is not seen', 'http:a\u200Bnn@example.com'],
    ['with a space that is hardly seen', 'http:ann\u00A0@example.com'],
    ['with an accent', 'http:\u00E1nn@example.com'],
    ['in letters of full width', 'http:\uFF41nn@example.com'],
    ['read from the right', 'http:\u202Eann@example.com'],
  ])('%s', (_how, account) => {
    expect(likenessOf(account)).toBe('http:ann@example.com');
  });

  it('never when letters, digits, names or surfaces differ', () => {
    const accounts = [
      'http:ann@example.com',
      'http:anna@example.com',
      'slack:T1/U01',
      'slack:T1/U0I',
      'slack:T1/UO1',
      'local:ann',
      'http:ann',
      'local:ольга',
      'local:олег',
      'http:ann.b@example.com',
    ];
    expect(new Set(accounts.map(likenessOf)).size).toBe(accounts.length);
  });
});
