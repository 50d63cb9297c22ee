import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../packages/testkit/src/slack/people/person.ts';
import type { NewUser } from '../../packages/testkit/src/slack/slack-stand-in.ts';
import { said, talkingScene } from './talking-scene.ts';
import type { TalkingScene } from './talking-scene.ts';

const domain = 'acme.example';
const options = {
  get signal() {
    return AbortSignal.timeout(20_000);
  },
};

let scene: TalkingScene;
beforeAll(async () => {
  scene = await talkingScene({ emailDomains: [domain] });
}, 120_000);
afterAll(async () => await scene.close(), 30_000);

/** Somebody new in the channel. */
function newcomer(user: NewUser): Person {
  const { slack, team, general } = scene;
  const made = slack.addUser(team, user);
  slack.invite(general, made);
  return slack.person(made);
}

async function know(id: string, ...accounts: string[]): Promise<void> {
  await scene.agent.link({ id, name: id, accounts, roles: ['approver'] });
}

/** Says it, and gives the answer that looks so. */
async function linking(person: Person, answer: RegExp): Promise<void> {
  const { general } = scene;
  const before = new Set(person.sees(general).map(({ ts }) => ts));
  expect((await person.slash('/autodevops', 'link', general)).problem).toBe('');
  await said(() => person.sees(general).filter(({ ts }) => !before.has(ts)), answer);
}

async function ownerOf(person: Person): Promise<string | undefined> {
  const account = `slack:${person.user.team.id}/${person.user.id}`;
  const { people } = await scene.agent.client.people({}, options);
  return people.find(({ accounts }) => accounts.includes(account))?.id;
}

describe('a member whose address an administrator gave to a person', () => {
  it('is that person from then on, with the roles of that person', async () => {
    await know('eva', `email:eva@${domain}`);
    const eva = newcomer({ name: 'eva', email: `eva@${domain}` });
    await linking(eva, /You are eva[\s\S]*approver/);
    expect(await ownerOf(eva)).toBe('eva');
  });

  it('is not linked again after an administrator unlinked the account', async () => {
    await know('finn', `email:finn@${domain}`);
    const finn = newcomer({ name: 'finn', email: `finn@${domain}` });
    await linking(finn, /You are finn/);
    const account = `slack:${scene.team.id}/${finn.user.id}`;
    await scene.agent.client.removeAccount({ params: { account } }, options);
    await linking(finn, /was unlinked by an administrator/);
    expect(await ownerOf(finn)).toBeUndefined();
  });
});

describe('nobody is linked by an address', () => {
  it.each<readonly [string, string, Omit<NewUser, 'name'>]>([
    ['that is not confirmed', 'gus', { email: `gus@${domain}`, isEmailConfirmed: false }],
    ['of a domain that is not named', 'gil', { email: `gil@mail.${domain}` }],
    ['with a tag', 'gwen', { email: `gwen+x@${domain}` }],
  ])('%s', async (_which, name, given) => {
    await know(name, `email:${name}@${domain}`, `email:${name}@mail.${domain}`);
    const newer = newcomer({ name, ...given });
    await linking(newer, /people link/);
    expect(await ownerOf(newer)).toBeUndefined();
  });

  it('who is a guest, or has only the name of somebody', async () => {
    await know('hana', `email:hana@${domain}`);
    const guest = newcomer({ name: 'guest', email: `hana@${domain}`, guest: 'multi' });
    await linking(guest, /Guests cannot do that/);
    const namesake = newcomer({ name: 'hana', email: 'hana@elsewhere.example' });
    namesake.user.realName = `hana@${domain}`;
    await linking(namesake, /people link/);
    expect([await ownerOf(guest), await ownerOf(namesake)]).toEqual([undefined, undefined]);
  });
});
