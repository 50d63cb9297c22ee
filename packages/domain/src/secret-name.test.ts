import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';
import { isVariableReference, mayNameSecret, namesConnection, namesSecret, tellsNothing } from './secret-name.ts';

describe('a name of a secret', () => {
  it.each([
    'DB_PASSWORD',
    'PGPASSWORD',
    'MYSQL_PWD',
    'dbPassword',
    'spring.datasource.password',
    'API_KEY',
    'apiKey',
    'api.key',
    'AUTHTOKEN',
    'SECRET_KEY_BASE',
    'AWS_SECRET_ACCESS_KEY',
    'ENCRYPTION_KEY',
    'CLIENT_SECRET_2',
    'password1',
    'token_b',
    'SMTP_PASS',
    'smtpPass',
    'pass',
    '--password',
    'tls.privateKey',
    'REDIS_CREDENTIALS',
    'creds',
    'JWT_SALT',
    'wifi-psk',
    'pass-phrase',
    'TLSPassword',
    `${'a'.repeat(100_000)}_password`,
  ])('is one: %s', (name) => {
    expect(namesSecret(name)).toBe(true);
  });

  it.each([
    '',
    'PASSWORD_FILE',
    'TOKEN_TTL',
    'MAX_TOKENS',
    'SECRET_NAME',
    'secretName',
    'KEYBOARD',
    'MONKEY',
    'KEY',
    'topologyKey',
    'SORT_KEY',
    'COMPASS',
    'BYPASS',
    'passenger',
    'BASALT',
    'DATABASE_URL',
    'DSN',
  ])('is none: %s', (name) => {
    expect(namesSecret(name)).toBe(false);
  });
});

it.each(['DSN', 'SENTRY_DSN', 'connectionString', 'AZURE_CONNECTION_STRING', 'DSN_2'])(
  'a string for a connection is told by its name: %s',
  (name) => {
    expect(namesConnection(name)).toBe(true);
  },
);

it.each(['DSNAME', 'CONNECTION', 'DATABASE_URL'])(
  'what only begins like one is no string for a connection: %s',
  (name) => {
    expect(namesConnection(name)).toBe(false);
  },
);

it.each([
  ['SORT_KEY', true],
  ['.auth', true],
  ['tls.key', true],
  ['topologyKey', false],
  ['author', false],
  ['KEY', false],
])('what may be a credential is masked for others: %s is %s', (name, may) => {
  expect(mayNameSecret(name)).toBe(may);
});

describe('names of every make', () => {
  const word = fc.constantFrom(
    'db',
    'API',
    'Api',
    'my',
    'X',
    'spring',
    'a1',
    'redis',
    'access',
    'storage',
    'md5',
    'Of',
  );
  const last = fc.constantFrom(
    'password',
    'Passwd',
    'PWD',
    'passPhrase',
    'passcode',
    'Pass',
    'PASS',
    'secret',
    'TOKEN',
    'Key',
    'key_base',
    'credential',
    'name',
    'ttl',
    'port',
  );
  const separator = fc.constantFrom('', '_', '-', '.', '/');
  const name = fc
    .tuple(fc.array(fc.tuple(word, separator), { maxLength: 4 }), last)
    .map(([before, end]) => `${before.flat().join('')}${end}`);

  it('are names of secrets wherever running text is masked by them', () => {
    fc.assert(
      fc.property(name, (made) => {
        fc.pre(redact(`${made}=hunter2`) !== `${made}=hunter2`);
        expect(namesSecret(made)).toBe(true);
      }),
    );
  });

  it('are masked for others wherever they are names of secrets', () => {
    fc.assert(
      fc.property(name, (made) => {
        fc.pre(namesSecret(made));
        expect(mayNameSecret(made)).toBe(true);
      }),
    );
  });
});

it.each([
  ['$(DB_PASSWORD)', true],
  ['$(db.password)', true],
  ['$()', false],
  ['$(DB_PASSWORD)x', false],
  ['$(1)', false],
  ['hunter2', false],
])('a reference to another variable is read: %s is %s', (value, refers) => {
  expect(isVariableReference(value)).toBe(refers);
});

it.each(['', '  ', 'true', ' No ', 'null', '$(FROM_SECRET)', '${FROM_SHELL}'])(
  'a value that tells nothing: %j',
  (value) => {
    expect(tellsNothing(value)).toBe(true);
  },
);

it.each(['truest', 'true-horse', '0', '$(A)$(B)', '${A}x', 'none\nhunter2'])(
  'a value that tells something: %j',
  (value) => {
    expect(tellsNothing(value)).toBe(false);
  },
);
