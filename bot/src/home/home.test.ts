import { describe, expect, it } from 'vitest';
import type { View } from '@slack/types';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Handler } from '../handling/handler.ts';
import { actionsOf, expectHarmlessView, lettersOf } from '../rendering/testing/harmless.ts';
import { fakeAgent } from '../testing/fake-agent.ts';
import { scene } from '../testing/surroundings.ts';
import type { Scene, SceneChoice } from '../testing/surroundings.ts';
import { changeSample, incidentSample } from '../threads/testing/incident-samples.ts';
import { homeOpened } from './home-opened.ts';
import { linkAccount } from './link-account.ts';
import { showChange } from './show-change.ts';
import { showIncident } from './show-incident.ts';
import { turnKillSwitch } from './turn-kill-switch.ts';

const bob = { id: 'bob', name: 'Bob', accounts: ['slack:T1/U1'], roles: ['approver'] };
const gone = async (): Promise<never> => {
  throw new AutoDevOpsError('agent.unreachable', 'It does not answer.', 'Wait.');
};
const cluster = async () => ({ name: 'kind', mode: 'local' as const });

async function use(handler: Handler, payload: unknown, choice: SceneChoice = {}): Promise<Scene> {
  const made = scene(choice);
  await handler.handle(handler.payload.parse(payload), made.surroundings);
  return made;
}

async function home(agent: SceneChoice['agent'], given: SceneChoice = {}): Promise<View> {
  const { slack } = await use(
    homeOpened,
    { event: { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' } },
    { ...given, ...(agent === undefined ? {} : { agent }) },
  );
  const [to, view] = slack.callsOf('publishHome')[0] ?? expect.fail('no home');
  expect(to).toBe('U1');
  expectHarmlessView(view as View);
  return view as View;
}

describe('the home', () => {
  const line = {
    id: 'chg-bbbbbbbbbbbb',
    state: 'waiting' as const,
    says: '',
    createdAt: '',
    updatedAt: '2027-01-15T08:00:00.000Z',
    will: ['Deployment shop/web goes back.'],
    tier: 'two',
    askedBy: 'Ann',
    yours: false,
    awaitsYou: true,
  };
  const { id, state, title, severity, openedAt, updatedAt, summary, returns } = incidentSample();
  const unknown = fakeAgent({
    people: async () => {
      throw new AutoDevOpsError('change.not-allowed', 'No.', 'Link.');
    },
  });
  const whole = {
    people: async () => ({ people: [bob] }),
    cluster,
    health: async () => ({ version: '1', ready: true, parts: [] }),
    killSwitch: async () => ({ on: false, by: '', why: '', since: '' }),
    incidents: async () => ({
      incidents: [{ id, state, title, severity, openedAt, updatedAt, summary, returns, firing: 1 }],
    }),
    changes: async () => ({ changes: [line] }),
  };

  it("shows what waits for one's yes, the incidents, the cluster and the kill switch", async () => {
    const view = await home(fakeAgent(whole));
    expect(lettersOf(view)).toMatch(
      /kind[\s\S]*Kill switch[\s\S]*My approvals[\s\S]*Deployment shop\/web goes back\.[\s\S]*Open incidents[\s\S]*ShopDown/,
    );
    expect(actionsOf(view)).toEqual(
      expect.arrayContaining(['kill-switch', 'open-incident', 'show-change', 'show-incident']),
    );
  });

  it.each([
    ['others', { awaitsYou: false }],
    ['somebody else to agree to what one asked for', { yours: true }],
  ])('leaves out what waits for %s', async (_whom, given) => {
    const view = await home(fakeAgent({ ...whole, changes: async () => ({ changes: [{ ...line, ...given }] }) }));
    expect(lettersOf(view)).toContain('Nothing waits for your yes.');
  });

  it('of who is not linked shows how to link, and nothing of the customer', async () => {
    const view = await home(unknown);
    expect(actionsOf(view)).toEqual(['link-account']);
    expect(lettersOf(view)).not.toContain('e-mail');
  });

  it('of who is not linked says that the address may be enough, where the customer lets it', async () => {
    expect(lettersOf(await home(unknown, { vouchedEmail: 'ann@acme.example' }))).toMatch(
      /\/autodevops link[\s\S]*your e-mail address may be enough/,
    );
  });

  it('says of each part that the agent does not tell that it is not known', async () => {
    const view = await home(
      fakeAgent({
        people: async () => ({ people: [bob] }),
        cluster: gone,
        health: gone,
        killSwitch: gone,
        incidents: gone,
        changes: gone,
      }),
    );
    expect(lettersOf(view)).toContain('The agent does not answer');
  });

  it('is not made for the tab of messages', async () => {
    const { slack } = await use(
      homeOpened,
      { event: { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'messages' } },
      { agent: fakeAgent({ diagnose: gone }) },
    );
    expect(slack.callsOf('publishHome')).toEqual([]);
  });
});

const click = (value: string, more: Readonly<Record<string, unknown>> = {}): unknown => ({
  trigger_id: 'trg.1',
  container: { type: 'view' },
  actions: [{ action_id: 'x', value }],
  ...more,
});

describe('a button', () => {
  it('of the kill switch asks why before anything is done, the way that it says', async () => {
    const { slack, agent } = await use(turnKillSwitch, click('on'));
    expect(agent.calls).toEqual([]);
    expect(slack.callsOf('openView')[0]).toMatchObject([
      'trg.1',
      { callback_id: 'kill-switch', private_metadata: '{"on":"on"}' },
    ]);
    await expect(use(turnKillSwitch, click('ON; rm'))).rejects.toMatchObject({ code: 'change.refused' });
  });

  it('to link opens the form for the code', async () => {
    expect((await use(linkAccount, click('link'))).slack.callsOf('openView')[0]).toMatchObject([
      'trg.1',
      { callback_id: 'link-account' },
    ]);
  });

  it('that shows a change answers beside its message, and from the home in a window of its own', async () => {
    const agent = fakeAgent({ cluster, change: async () => changeSample() });
    const beside = await use(
      showChange,
      click('chg-bbbbbbbbbbbb', { response_url: 'https://hooks.slack.com/actions/1' }),
      { agent },
    );
    expect(beside.slack.callsOf('respond')).toHaveLength(1);
    const apart = await use(showChange, click('chg-bbbbbbbbbbbb'), { agent });
    expect(apart.slack.calls.map(({ method }) => method)).toEqual(['openView', 'updateView']);
    expectHarmlessView(apart.slack.callsOf('updateView')[0]?.[1] as View);
  });

  it('that shows an incident does', async () => {
    const agent = fakeAgent({ cluster, incident: async () => incidentSample() });
    expectHarmlessView(
      (await use(showIncident, click('inc-aaaaaaaaaaaa'), { agent })).slack.callsOf('updateView')[0]?.[1] as View,
    );
  });

  it('with another value than ours asks nothing of the agent', async () => {
    for (const handler of [showChange, showIncident]) {
      await expect(use(handler, click('../people'))).rejects.toMatchObject({ code: 'change.refused' });
    }
  });
});
