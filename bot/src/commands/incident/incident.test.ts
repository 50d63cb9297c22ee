import { describe, expect, it } from 'vitest';
import { slackUser } from '../../testing/fake-slack.ts';
import { fakeSlack } from '../../testing/fake-slack.ts';
import { fakeAgent } from '../../testing/fake-agent.ts';
import type { FakeAgent } from '../../testing/fake-agent.ts';
import { expectHarmless, lettersOf } from '../../rendering/testing/harmless.ts';
import { changeSample, incidentSample } from '../../threads/testing/incident-samples.ts';
import { commandHandlers } from '../registry.ts';
import { failureOf, say } from '../testing/command-scene.ts';

const id = 'inc-aaaaaaaaaaaa';
const incident = async () => incidentSample();

function agentOf(): FakeAgent {
  return fakeAgent({
    cluster: async () => ({ name: 'kind', mode: 'cloud' as const }),
    openIncident: incident,
    incident,
    updateIncident: incident,
    assignIncident: incident,
    setIncidentSeverity: incident,
    resolveIncident: incident,
    acknowledgeIncident: incident,
    silenceIncident: incident,
    unsilenceIncident: incident,
    customerSummary: async () => ({
      state: 'investigating',
      says: '',
      saidAt: '',
      services: [],
      since: '',
      until: '',
      text: 'Affected: Checkout. We are looking for the cause.',
    }),
    onCall: async () => ({
      schedules: [
        { schedule: 'platform', people: [{ account: 'slack:T1/U7', person: 'bob', name: 'Bob <!channel>' }], says: '' },
        { schedule: 'network', people: [], says: 'PagerDuty does not answer.' },
        { schedule: 'database', people: [], says: '' },
      ],
    }),
    incidents: async () => ({
      incidents: [{ ...incidentSample(), firing: 1 }].map(
        ({ id: one, state, title, severity, openedAt, updatedAt, summary, returns, firing }) => ({
          id: one,
          state,
          title,
          severity,
          openedAt,
          updatedAt,
          summary,
          returns,
          firing,
        }),
      ),
    }),
    postMortem: async () => ({ markdown: '# ShopDown\n\n<!channel>\n' }),
  });
}

describe('what is said becomes', () => {
  it.each<[string, string, unknown]>([
    [
      '/incident open “Customers cannot pay” --severity SEV1',
      'openIncident',
      { body: { title: 'Customers cannot pay', severity: 'sev1' } },
    ],
    ['/incident open Customers cannot pay', 'openIncident', { body: { title: 'Customers cannot pay' } }],
    ['/incident list', 'incidents', { query: { ongoing: 'true', limit: 20 } }],
    ['/incident list --all', 'incidents', { query: { ongoing: 'false', limit: 20 } }],
    [`/incident show ${id}`, 'incident', { params: { id } }],
    [`/incident timeline ${id}`, 'incident', { params: { id } }],
    [`/incident assign ${id}`, 'assignIncident', { params: { id }, body: { role: 'commander' } }],
    [
      `/incident assign ${id} <@U7|bob> --role communicator`,
      'assignIncident',
      { params: { id }, body: { role: 'communicator', account: 'slack:T1/U7' } },
    ],
    [
      `/incident assign ${id} me`,
      'assignIncident',
      { params: { id }, body: { role: 'commander', account: 'slack:T1/U1' } },
    ],
    [
      `/incident severity ${id} sev1 Nobody can pay`,
      'setIncidentSeverity',
      { params: { id }, body: { severity: 'sev1', why: 'Nobody can pay' } },
    ],
    [
      `/incident update ${id} The rollback is running --state mitigating`,
      'updateIncident',
      { params: { id }, body: { says: 'The rollback is running', state: 'mitigating' } },
    ],
    [
      `/incident update ${id} --task "Add an alert" --done 2`,
      'updateIncident',
      { params: { id }, body: { task: 'Add an alert', done: 2 } },
    ],
    [
      `/incident update ${id} --link <https://example.com/x>`,
      'updateIncident',
      { params: { id }, body: { link: { target: 'https://example.com/x' } } },
    ],
    [
      `/incident update ${id} --customers "Payments are slow." --service Checkout --service API`,
      'updateIncident',
      { params: { id }, body: { customers: 'Payments are slow.', services: ['Checkout', 'API'] } },
    ],
    [`/incident acknowledge ${id}`, 'acknowledgeIncident', { params: { id } }],
    [
      `/incident silence ${id} The provider repairs it --for 2h`,
      'silenceIncident',
      { params: { id }, body: { minutes: 120, why: 'The provider repairs it' } },
    ],
    [`/incident silence ${id} --end`, 'unsilenceIncident', { params: { id } }],
    [
      `/incident resolve ${id} The old image is back`,
      'resolveIncident',
      { params: { id }, body: { why: 'The old image is back' } },
    ],
  ])('%s', async (line, endpoint, given) => {
    const agent = agentOf();
    const {
      answers: [answer],
    } = await say(line, commandHandlers, { agent });
    expect(agent.calls[0]).toEqual({ endpoint, given });
    expectHarmless(answer ?? expect.fail());
    expect(lettersOf(answer ?? expect.fail())).toContain('ShopDown');
  });
});

it('a timeline is a file with all of its rows where that is wanted', async () => {
  const { slack, answers } = await say(`/incident timeline ${id} --file`, commandHandlers, { agent: agentOf() });
  expect(answers).toEqual([]);
  expect(slack.callsOf('upload')).toMatchObject([
    [
      {
        channel: 'C1',
        name: `timeline-${id}.txt`,
        text: expect.stringMatching(/Alertmanager: Opened by 1 alert firing: ShopDown\.\n$/),
      },
    ],
  ]);
});

it('what customers may hear, and who is on call, are said to who asks', async () => {
  const {
    answers: [heard],
  } = await say(`/incident summary ${id}`, commandHandlers, { agent: agentOf() });
  expect(lettersOf(heard ?? expect.fail())).toContain('Affected: Checkout. We are looking for the cause.');
  const {
    answers: [onCall],
  } = await say('/incident on-call', commandHandlers, { agent: agentOf() });
  expectHarmless(onCall ?? expect.fail());
  for (const said of ['platform', 'Bob <!channel>', 'not known: PagerDuty does not answer.', 'nobody']) {
    expect(lettersOf(onCall ?? expect.fail())).toContain(said);
  }
});

it('last is the newest incident', async () => {
  const agent = agentOf();
  await say('/incident show last', commandHandlers, { agent });
  expect(agent.calls.slice(0, 2)).toEqual([
    { endpoint: 'incidents', given: { query: { limit: 1 } } },
    { endpoint: 'incident', given: { params: { id } } },
  ]);
});

it('without a title a form asks, by what the command gave for it', async () => {
  const { slack, answers } = await say('/incident open', commandHandlers, { agent: agentOf() });
  expect(slack.callsOf('openView')[0]).toMatchObject(['trg.1', { callback_id: 'open-incident' }]);
  expect(answers).toEqual([]);
});

it('what lacks something is told, and nothing is done', async () => {
  const agent = agentOf();
  for (const [line, message] of [
    [`/incident severity ${id}`, 'How bad is it?'],
    [`/incident severity ${id} sev9`, '"sev9" is no severity.'],
    [`/incident update ${id}`, 'What is there to say?'],
    [`/incident resolve ${id}`, 'What ended it?'],
    [`/incident silence ${id}`, 'Why?'],
    [`/incident silence ${id} x --for soon`, '"soon" is no time that an incident may be silent.'],
    [`/incident silence ${id} x --for 30d`, '"30d" is no time that an incident may be silent.'],
    ['/incident show', 'Which incident?'],
    ['/incident show web', '"web" is not the id of an incident.'],
    [`/incident show ${id} more`, '"more" is one too many.'],
    [`/incident assign ${id} bob`, '"bob" names nobody.'],
    [`/incident update ${id} --done x`, '"x" is not the number of a task.'],
    [`/incident update ${id} --state open`, '"open" is no state.'],
    ['/incident open x --severity bad', '"bad" is no severity.'],
  ] as const) {
    expect(await failureOf(line, commandHandlers, { agent })).toMatchObject({ code: 'usage', message });
  }
  expect(agent.calls).toEqual([]);
});

it('somebody who left, or an app, takes no part', async () => {
  for (const odd of [{ isDeactivated: true }, { isBot: true }]) {
    const slack = fakeSlack();
    slack.setUser(slackUser({ id: 'U7', name: 'Bob', ...odd }));
    expect(await failureOf(`/incident assign ${id} <@U7>`, commandHandlers, { agent: agentOf(), slack })).toMatchObject(
      { message: 'Bob cannot take a part in an incident.' },
    );
  }
});

it('somebody of another company is named by his own workspace', async () => {
  const slack = fakeSlack();
  slack.setUser(slackUser({ id: 'U7', team: 'T9', isStranger: true }));
  const agent = agentOf();
  await say(`/incident assign ${id} <@U7>`, commandHandlers, { agent, slack });
  expect(agent.callsOf('assignIncident')).toEqual([
    { params: { id }, body: { role: 'commander', account: 'slack:T9/U7' } },
  ]);
});

describe('a draft of a post-mortem', () => {
  it('is shown as it is written, and acts on nobody', async () => {
    const {
      answers: [answer],
    } = await say(`/incident postmortem ${id}`, commandHandlers, { agent: agentOf() });
    expectHarmless(answer ?? expect.fail());
    expect(lettersOf(answer ?? expect.fail())).toContain('<!channel>');
  });

  it('goes as a file to everybody where that is said', async () => {
    const { slack, answers } = await say(`/incident postmortem ${id} --file`, commandHandlers, { agent: agentOf() });
    expect(slack.callsOf('upload')).toEqual([
      [
        {
          channel: 'C1',
          name: `postmortem-${id}.md`,
          title: `Post-mortem of ${id}, a draft`,
          text: '# ShopDown\n\n<!channel>\n',
        },
      ],
    ]);
    expect(answers).toEqual([]);
  });

  it('becomes a change in Git where a repository is named, with its card for who asked', async () => {
    const agent = fakeAgent({
      cluster: async () => ({ name: 'kind', mode: 'cloud' as const }),
      proposePostMortem: async () => changeSample(),
    });
    const {
      answers: [answer],
    } = await say(`/incident postmortem ${id} —propose runbooks --path postmortems/shop.md`, commandHandlers, {
      agent,
    });
    expect(agent.calls[0]).toEqual({
      endpoint: 'proposePostMortem',
      given: { params: { id }, body: { repository: 'runbooks', path: 'postmortems/shop.md' } },
    });
    expectHarmless(answer ?? expect.fail());
    expect(
      (await failureOf(`/incident postmortem ${id} --path x`, commandHandlers, { agent: agentOf() })).message,
    ).toBe('Where is it to be proposed?');
  });
});
