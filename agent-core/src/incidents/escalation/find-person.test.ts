import { expect, it } from 'vitest';
import { personCalled } from './find-person.ts';

const ann = { id: 'ann', name: 'Ann Lee', accounts: ['local:ann', 'slack:T1/U1'], roles: [] };
const people = [
  ann,
  { id: 'sam-1', name: 'Sam', accounts: [], roles: [] },
  { id: 'sam-2', name: 'Sam', accounts: ['http:sam'], roles: [] },
];

it('a person is found by id, account, name, or what the schedule calls him, and told in Slack where he is there', () => {
  const found = { account: 'slack:T1/U1', person: 'ann', name: 'Ann Lee' };
  for (const who of ['ann', 'local:ann', 'ann lee']) expect(personCalled(who, people, {})).toEqual(found);
  expect(personCalled('ann@example.com', people, { 'ann@example.com': 'ann' })).toEqual(found);
  expect(personCalled('constructor', people, {})).toEqual({ account: '', person: '', name: 'constructor' });
});

it("who is not linked has an account or a name; a name of two people is nobody's; no text is more than text", () => {
  expect(personCalled('slack:T1/U7', people, {})).toEqual({ account: 'slack:T1/U7', person: '', name: 'slack:T1/U7' });
  expect(personCalled('Sam', people, {})).toEqual({ account: '', person: '', name: 'Sam' });
  expect(personCalled('sam-2', people, {})).toEqual({ account: 'http:sam', person: 'sam-2', name: 'Sam' });
  expect(personCalled(`\u202e${'x'.repeat(5000)}`, people, {}).name).toHaveLength(200);
});
