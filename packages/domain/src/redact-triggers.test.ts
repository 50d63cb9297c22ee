import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { redact, ruleGroups } from './redact.ts';

const secrets = [
  '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----',
  'MIIEvQIBADANBgkq'.repeat(4),
  'LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1J',
  '{"auths":{"r":{"auth":"c2hvcDpodW50ZXIy"}}}',
  'eyJhdXRocyI6eyJyIjp7fX19',
  'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl',
  ...['ghp_', 'github_pat_', 'sk_live_', 'rk_test_', 'npm_', 'hf_', 'glsa_'].map((start) => start + 'a1'.repeat(20)),
  ...['glpat-', 'xoxb-', 'xapp-', 'sk-', 'pypi-AgE', 'dckr_pat_', 'ya29.', 'hvs.'].map(
    (start) => start + 'a'.repeat(40),
  ),
  ...['whsec_', 'GOCSPX-', 'AIza', 'AGE-SECRET-KEY-1', 'NRAK-'].map((start) => start + 'A'.repeat(40)),
  `SG.${'a'.repeat(20)}.${'b'.repeat(20)}`,
  `dop_v1_${'0'.repeat(40)}`,
  'AKIAABCDEFGHIJKLMNOP',
  `123456789:AA${'x'.repeat(33)}`,
  'https://hooks.slack.com/services/T0/B0/abc',
  'discord.com/api/webhooks/1/abc',
  'a.webhook.office.com/webhookb2/abc',
  'postgres://shop:hunter2@db/shop',
  'https://0123456789abcdef0123@sentry.example/4',
  '?x=1&sig=abc',
  '&X-Goog-Signature=abc',
  'shop:hunter2@tcp(db:3306)/',
  'jdbc:oracle:thin:shop/hunter2@//db',
  'Server=db;Pwd=my pass word;',
  'Authorization: Basic abcdefghijklmnopqrst',
  'bearer abcdefghijklmnopqrst',
  'Set-Cookie: session=abc',
  'x --db-password hunter2',
  '["--token","hunter2"]',
  'masterauth hunter2',
  'login y password hunter2',
  'the passphrase was "hunter2"',
  'curl -u shop:hunter2',
  "ALTER USER shop IDENTIFIED BY 'hunter2'",
  "with password 'hunter2'",
  'credentials: |\n  hunter2\n',
  'session_key=hunter2',
  '<db.secret>hunter2</db.secret>',
  '%22token%22%3A%22hunter2%22',
  'smtpPass=hunter2',
];
const marks = ['=', ': ', ':', '=>', '"', "'", '\\"', ' ', '\n', ',', ';', '&', '?', '@', '://', '--', '<', '>', '%22'];
const words = ['PASSWORD', 'Token', 'dbPass', 'apikey', 'Authorization', 'sig', 'is', 'hunter2'];

const piece = fc.oneof(
  fc.constantFrom(...secrets),
  fc.constantFrom(...secrets.flatMap((text) => text.split(/(?<=[:=\s/@'"])/))),
  fc.constantFrom(...words),
  fc.constantFrom(...marks),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.stringMatching(/^[A-Za-z0-9+/_.-]{1,80}$/),
);

/** By every rule, whatever triggers it and whatever it needs. */
function redactSlowly(text: string): string {
  const rules = ruleGroups.flatMap((group) => group.rules);
  return rules.reduce((out, [pattern, replacement]) => out.replace(pattern, replacement), text);
}

it.each(secrets)('%j is masked, alone', (text) => {
  expect(redact(text)).not.toBe(text);
});

it('all that any rule would mask is masked, whatever stands around it', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      expect(redact(text)).toBe(redactSlowly(text));
      expect(redact(text.toUpperCase())).toBe(redactSlowly(text.toUpperCase()));
    }),
    { numRuns: 2000 },
  );
});
