import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';

describe('redact masks', () => {
  it.each([
    ['password=hunter2', 'password=[redacted]'],
    ['DB_PASSWORD: hunter', 'DB_PASSWORD: [redacted]'],
    ['{"apiKey":"abc"}', '{"apiKey":[redacted]}'],
    ['postgres://shop:hunter2@db:5432/shop', 'postgres://shop:[redacted]@db:5432/shop'],
    ['Authorization: Bearer abcdefghijklmnopqrstuvwxyz', 'Authorization: [redacted]'],
    ['amqp://:hunter2@mq/ is refused', 'amqp://:[redacted]@mq/ is refused'],
    ['maps key AIzaSyA-0123456789abcdefghijklmnopqrstu refused', 'maps key [redacted] refused'],
    ['key AKIAABCDEFGHIJKLMNOP used', 'key [redacted] used'],
    ['-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----', '[redacted]'],
    ['token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl ok', 'token [redacted] ok'],
    ['call failed with xoxb-1234567890-abcdef', 'call failed with [redacted]'],
    ['renewed xoxe.xoxb-1-abcdefghijkl by xoxe-1-abcdefghijkl', 'renewed [redacted] by [redacted]'],
    ['example.com/db-password=hunter2', 'example.com/db-password=[redacted]'],
    ['user: ann password: hunter user: bob', 'user: ann password: [redacted] user: bob'],
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it('masks the same twice', () => {
    const once = redact('password=hunter2 token: abc123');
    expect(redact(once)).toBe(once);
  });
});

describe('redact leaves prose and flags alone', () => {
  it.each([
    'secret "web-login" not found',
    'failed to fetch anonymous token: unexpected status from GET request to the registry: 401 Unauthorized',
    'FATAL: password authentication failed for user "shop"',
    '--use-service-account-credentials=true',
    "couldn't find key password in Secret shop/web-login",
    'authorization:\n  mode: Webhook',
    'failed to validate issuer credentials: x509: certificate has expired or is not yet valid',
    'unable to generate access token: rpc error: code = PermissionDenied desc = denied',
  ])('%s', (text) => {
    expect(redact(text)).toBe(text);
  });
});

it('takes time in step with the length of hostile text', () => {
  const started = performance.now();
  for (const text of [
    'a'.repeat(200_000),
    'eyJ'.repeat(60_000),
    'password'.repeat(25_000),
    `${'x:'.repeat(90_000)}//`,
  ]) {
    redact(text);
  }
  expect(performance.now() - started).toBeLessThan(5_000);
});
