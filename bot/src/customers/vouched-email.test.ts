import { expect, it } from 'vitest';
import { slackUser } from '../testing/fake-slack.ts';
import { vouchedEmail } from './vouched-email.ts';

const rule = { workspaces: ['T1', 'E1'], domains: ['acme.example'], singleSignOn: 'required' as const };
const ann = slackUser({ id: 'U1', email: 'ann@acme.example', isEmailConfirmed: true });

it("is vouched for where it is confirmed, of the customer's domain, and of a member who has to sign in there", () => {
  expect(vouchedEmail(ann, rule)).toBe('ann@acme.example');
  expect(vouchedEmail({ ...ann, email: 'ann@ACME.example' }, rule)).toBe('ann@acme.example');
  expect(vouchedEmail({ ...ann, team: 'T7', enterprise: 'E1' }, rule)).toBe('ann@acme.example');
});

it('is not without a rule', () => {
  expect(vouchedEmail(ann, undefined)).toBeUndefined();
});

it.each([
  ['that is not confirmed', { isEmailConfirmed: false }],
  ['that Slack does not tell', { email: '' }],
  ['of another workspace', { team: 'T2' }],
  ['of another organisation', { team: 'T2', enterprise: 'E2' }],
  ['of no workspace', { team: '', enterprise: '' }],
  ['of a domain beneath', { email: 'ann@mail.acme.example' }],
  ['of a domain that ends alike', { email: 'ann@evil-acme.example' }],
  ['of a domain that begins alike', { email: 'ann@acme.example.evil.example' }],
  ['in letters that look alike', { email: 'ann@\u0430cme.example' }],
  ['with two domains', { email: 'ann@evil.example@acme.example' }],
  ['of a guest', { isGuest: true }],
  ['of a bot', { isBot: true }],
  ['of a stranger', { isStranger: true }],
  ['of somebody who left', { isDeactivated: true }],
])('is not for an address %s', (_which, given) => {
  expect(vouchedEmail({ ...ann, ...given }, rule)).toBeUndefined();
});
