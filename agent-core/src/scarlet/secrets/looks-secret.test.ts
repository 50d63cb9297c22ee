import { describe, expect, it } from 'vitest';
import { looksSecret } from './looks-secret.ts';

describe('a value that looks like a credential', () => {
  it.each([
    ['DB_PASSWORD', 'hunter2'],
    ['PGPASSWORD', 'x'],
    ['MYSQL_PWD', '1234'],
    ['dbPassword', 'a b'],
    ['spring.datasource.password', 'p'],
    ['API_KEY', 'k'],
    ['apiKey', 'k'],
    ['AUTHTOKEN', 't'],
    ['GITHUB_TOKEN', 't'],
    ['AWS_SECRET_ACCESS_KEY', 'abc'],
    ['ENCRYPTION_KEY', '00ff'],
    ['CLIENT_SECRET_2', 's'],
    ['SMTP_PASS', 's'],
    ['--password', 's'],
    ['tls.privateKey', 's'],
    ['REDIS_CREDENTIALS', 's'],
    ['DSN', 's'],
  ])('is one by its name: %s', (name, value) => {
    expect(looksSecret(name, value)).toBe(true);
  });

  it.each([
    ['URL', 'postgres://ann:hunter2@db/shop'],
    ['ANYTHING', 'ghp_0123456789012345678901234567890123456'],
    ['CONFIG', '{"password": "hunter2"}'],
    ['KEY', '-----BEGIN RSA PRIVATE KEY-----\nabc'],
    ['ARG', '--db-password=hunter2'],
    ['HEADER', 'Authorization: Bearer abcdef0123456789abcdef'],
  ])('is one by itself: %s', (name, value) => {
    expect(looksSecret(name, value)).toBe(true);
  });

  it.each([
    '\nhunter2',
    ')hunter2',
    '"hunter2',
    "'hunter2",
    ';hunter2',
    '  hunter2  ',
    'true-horse-battery',
    '\u0000x',
    '\u202Ehunter2',
    '[redacted]',
    '日本語',
    'a'.repeat(100_000),
  ])('is one whatever it begins with: %j', (value) => {
    expect(looksSecret('DB_PASSWORD', value)).toBe(true);
  });
});

it.each([
  ['DB_PASSWORD', ''],
  ['DB_PASSWORD', '  '],
  ['USE_TOKEN', 'true'],
  ['PASSWORD', '$(FROM_SECRET)'],
  ['PASSWORD_FILE', '/run/secrets/password'],
  ['TOKEN_TTL', '3600'],
  ['MAX_TOKENS', '4096'],
  ['SECRET_NAME', 'login'],
  ['DATABASE_URL', 'postgres://db:5432/shop'],
  ['LOG_LEVEL', 'debug'],
  ['KEYBOARD', 'de'],
  ['PATH', '/usr/bin'],
  ['COMPASS', 'north'],
  ['BYPASS', '1'],
  ['passenger', 'Ann'],
])('what is no credential is none: %s=%s', (name, value) => {
  expect(looksSecret(name, value)).toBe(false);
});
