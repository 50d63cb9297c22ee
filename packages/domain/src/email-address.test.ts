import { describe, expect, it } from 'vitest';
import { EmailDomain, readEmailAddress } from './email-address.ts';

describe('an e-mail address', () => {
  it('is the same in any case of its domain, and not of what stands before it', () => {
    expect(readEmailAddress('ann.lee@ACME.Example')).toEqual({
      address: 'ann.lee@acme.example',
      domain: 'acme.example',
    });
    expect(readEmailAddress('Ann.Lee@acme.example')?.address).toBe('Ann.Lee@acme.example');
  });

  it('with a tag is another one than without', () => {
    expect(readEmailAddress('ann+x@acme.example')?.address).toBe('ann+x@acme.example');
  });

  it.each([
    '',
    'ann',
    '@acme.example',
    'ann@',
    'ann@acme',
    'ann@acme.example.',
    'ann@@acme.example',
    'ann@evil.example@acme.example',
    '"ann"@acme.example',
    'ann(x)@acme.example',
    'ann@acme.example ',
    'ann\n@acme.example',
    '.ann@acme.example',
    'ann..lee@acme.example',
    'ann@[10.0.0.1]',
    'ann@-acme.example',
    '\u0430nn@acme.example',
    'ann@\u0430cme.example',
    'ann@\u212Aube.example',
    `${'a'.repeat(65)}@acme.example`,
    `ann@${'a'.repeat(64)}.example`,
  ])('is not: %j', (text) => {
    expect(readEmailAddress(text)).toBeUndefined();
  });
});

it.each(['acme.example', 'mail.acme.example', 'xn--bcher-kva.example'])('%s is a domain of addresses', (domain) => {
  expect(EmailDomain.safeParse(domain).success).toBe(true);
});

it.each(['example', '*.example', '@acme.example', 'Acme.Example', 'acme.example.', 'bücher.example', '10.0.0.1', ''])(
  '%j is none',
  (domain) => {
    expect(EmailDomain.safeParse(domain).success).toBe(false);
  },
);
