import { describe, expect, it } from 'vitest';
import { redact, redactStart, redactValue } from './redact.ts';

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
    ['DB_PASS=hunter2 smtpPass=hunter2', 'DB_PASS=[redacted] smtpPass=[redacted]'],
    ['SECRET_KEY=abc SECRET_KEY_BASE=abc', 'SECRET_KEY=[redacted] SECRET_KEY_BASE=[redacted]'],
    ['AccountName=shop;AccountKey=aGVsbG8=;Endpoint=x', 'AccountName=shop;AccountKey=[redacted];Endpoint=x'],
    ['Server=db;Password=my pass word;Encrypt=yes', 'Server=db;Password=[redacted];Encrypt=yes'],
    ['password=hun,ter2 next', 'password=[redacted] next'],
    ['password=hunter2,user=shop', 'password=[redacted],user=shop'],
    ['password="hun\\"ter2" next', 'password=[redacted] next'],
    ['password="hunter2', 'password=[redacted]'],
    ['"msg":"{\\"password\\":\\"hunter2\\",\\"user\\":1}"', '"msg":"{\\"password\\":[redacted],\\"user\\":1}"'],
    ['password: |\n  hunter2\n  more\nuser: ann', 'password: |\n  [redacted]\nuser: ann'],
    ['postgres://shop:hun/ter@2@db:5432/shop', 'postgres://shop:[redacted]@db:5432/shop'],
    ['https://0123456789abcdef0123@sentry.example/4', 'https://[redacted]@sentry.example/4'],
    ['dial shop:hunter2@tcp(db:3306)/shop', 'dial shop:[redacted]@tcp(db:3306)/shop'],
    ['jdbc:oracle:thin:shop/hunter2@//db:1521/x', 'jdbc:oracle:thin:shop/[redacted]@//db:1521/x'],
    ['GET /a.png?se=1&sig=abc%2Bd&x=1', 'GET /a.png?se=1&sig=[redacted]&x=1'],
    ['GET /a?X-Amz-Signature=0a1b&X-Amz-Date=2', 'GET /a?X-Amz-Signature=[redacted]&X-Amz-Date=2'],
    ['Cookie: theme=dark; session=abc', 'Cookie: [redacted]'],
    ['mysqldump --password hunter2 -h db', 'mysqldump --password [redacted] -h db'],
    ['["serve","--db-password","hun ter2","-v"]', '["serve","--db-password","[redacted]","-v"]'],
    ['curl -s -u shop:hunter2 https://x', 'curl -s -u shop:[redacted] https://x'],
    ["CREATE USER shop IDENTIFIED BY 'hunter2'", "CREATE USER shop IDENTIFIED BY '[redacted]'"],
    ['x --password "a hunter2" -v', 'x --password [redacted] -v'],
    ["'password' => 'hunter2'", "'password' => [redacted]"],
    ['<db.password>hunter2</db.password>', '<db.password>[redacted]</db.password>'],
    ['&quot;password&quot;:&quot;hunter2&quot;,', '&quot;password&quot;:&quot;[redacted]&quot;,'],
    ['%22password%22%3A%22hunter2%22', '%22password%22%3A%22[redacted]%22'],
    ['requirepass hunter2', 'requirepass [redacted]'],
    ['machine x login y password hunter2', 'machine x login y password [redacted]'],
    ['the password is "hunter2".', 'the password is "[redacted]".'],
    ['{"auth":"c2hvcDpodW50ZXIy"}', '{"auth":"[redacted]"}'],
    ['.dockerconfigjson: eyJhdXRocyI6eyJyIjp7fX19', '.dockerconfigjson: [redacted]'],
    ['-----BEGIN PGP PRIVATE KEY BLOCK-----\nabc\n-----END PGP PRIVATE KEY BLOCK-----', '[redacted]'],
    [`torn off ${'MIIEvQIBADANBgkq'.repeat(4)}`, 'torn off [redacted]'],
    ['tls.key: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1J', 'tls.key: [redacted]'],
    ['token eyJhbGciOiJkaXIifQ..iv.ciphertext.tag sent', 'token [redacted] sent'],
    ['stripe sk_live_0123456789abcdef failed', 'stripe [redacted] failed'],
    ['vault hvs.CAESIJlU0123456789abcd failed', 'vault [redacted] failed'],
    [`npm npm_${'a1'.repeat(18)} failed`, 'npm [redacted] failed'],
    ['posted to https://hooks.slack.com/services/T0/B0/abc', 'posted to https://hooks.slack.com/services/[redacted]'],
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
    'GET http://prometheus:9090/graph?who=ann@example.com',
    'mongodb://a:27017,b:27017/shop?who=ann@b',
    'the flag --token is required',
    "Can't locate revision identified by 'b7d2a91c40ef'",
    'bypass=true compass=north passed=3 tokens=5',
    'secretName: web-login',
    'caBundle: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSURhRENDQWxDZ0F3SUJBZ0lKQUwxMg',
    `digest ${'0a1b2c3d'.repeat(8)} pulled`,
    'set-cookie: header missing',
  ])('%s', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('the start of a long text', () => {
  it('holds no half of a secret, however much was masked before it', () => {
    const text = `password=${'x'.repeat(60)} and ghp_${'a1'.repeat(18)}`;
    expect(redactStart(text, 90)).toBe('password=[redacted] and');
  });

  it('is all of a short one', () => {
    expect(redactStart('password=x y', 90)).toBe('password=[redacted] y');
  });

  it('is as much as may be of one long word', () => {
    expect(redactStart('a'.repeat(100), 90)).toBe('a'.repeat(90));
  });
});

describe('a value under its name', () => {
  it.each([
    ['DB_PASSWORD', 'correct horse, battery', '[redacted]'],
    ['DATABASE_URL', 'postgres://shop:hunter2@db/shop', 'postgres://shop:[redacted]@db/shop'],
    ['GREETING', 'good morning', 'good morning'],
    ['ALLOW_EMPTY_PASSWORD', 'true', 'true'],
  ])('%s=%s', (name, value, shown) => {
    expect(redactValue(name, value)).toBe(shown);
  });
});

/** What goes through such a text more than once for each of its letters does not come to its end in any time that a test has. */
it.each(
  [
    `password: a ${'b'.repeat(600_000)}:`,
    'x://a:'.repeat(90_000),
    'a:'.repeat(270_000),
    'curl '.repeat(120_000),
    `password: |\n${' '.repeat(600_000)}`,
    `password=${','.repeat(600_000)}`,
    `password="${'\\'.repeat(600_000)}`,
    'Cookie:'.repeat(90_000),
    `identified ${'\t'.repeat(600_000)}`,
    'a'.repeat(600_000),
    'eyJ'.repeat(180_000),
    'password'.repeat(75_000),
    `${'x:'.repeat(270_000)}//`,
  ].map((text) => [text.slice(0, 16), text] as const),
)('comes to the end of hostile text: %j', (_start, text) => {
  expect(redact(text).length).toBeGreaterThan(0);
});
