import { describe, expect, it } from 'vitest';
import { slackUser } from '../../testing/fake-slack.ts';
import { fakeSlack } from '../../testing/fake-slack.ts';
import { fakeAgent } from '../../testing/fake-agent.ts';
import type { FakeAgent } from '../../testing/fake-agent.ts';
import { expectHarmless, lettersOf } from '../../rendering/testing/harmless.ts';
import { incidentSample } from '../../threads/testing/incident-samples.ts';
import { commandHandlers } from '../registry.ts';
import { failureOf, say } from '../testing/command-scene.ts';

const id = 'inc-aaaaaaaaaaaa';
const incident = async () => incidentSample();

function agentOf(): FakeAgent {
  return fakeAgent({
    cluster: async () => ({ name: 'kind', mode: 'cloud' as const }),
    openIncident: incident, incident, updateIncident: incident, assignIncident: incident, setIncidentSeverity: incident, resolveIncident: incident,
    incidents: async () => ({ incidents: [{ ...incidentSample(), firing: 1 }].map(({ id: one, state, title, severity, openedAt, updatedAt, summary, returns, firing }) => ({ id: one, state, title, severity, openedAt, updatedAt, summary, returns, firing })) }),
    postMortem: async () => ({ markdown: '# ShopDown\n\n<!channel>\n' }),
  });
}

describe('what is said becomes', () => {
  it.each<[string, string, unknown]>([
    ['/incident open “Customers cannot pay” --severity SEV1', 'openIncident', { body: { title: 'Customers cannot pay', severity: 'sev1' } }],
    ['/incident open Customers cannot pay', 'openIncident', { body: { title: 'Customers cannot pay' } }],
    ['/incident list', 'incidents', { query: { ongoing: 'true', limit: 20 } }],
    ['/incident list --all', 'incidents', { query: { ongoing: 'false', limit: 20 } }],
    [`/incident show ${id}`, 'incident', { params: { id } }],
    [`/incident assign ${id}`, 'assignIncident', { params: { id }, body: { role: 'commander' } }],
    [`/incident assign ${id} <@U7|bob> --role communicator`, 'assignIncident', { params: { id }, body: { role: 'communicator', account: 'slack:T1/U7' } }],
    [`/incident assign ${id} me`, 'assignIncident', { params: { id }, body: { role: 'commander', account: 'slack:T1/U1' } }],
    [`/incident severity ${id} sev1 Nobody can pay`, 'setIncidentSeverity', { params: { id }, body: { severity: 'sev1', why: 'Nobody can pay' } }],
    [`/incident update ${id} The rollback is running --state mitigating`, 'updateIncident', { params: { id }, body: { says: 'The rollback is running', state: 'mitigating' } }],
    [`/incident update ${id} --task "Add an alert" --done 2`, 'updateIncident', { params: { id }, body: { task: 'Add an alert', done: 2 } }],
    [`/incident update ${id} --link <https://example.com/x>`, 'updateIncident', { params: { id }, body: { link: { target: 'https://example.com/x' } } }],
    [`/incident resolve ${id} The old image is back`, 'resolveIncident', { params: { id }, body: { why: 'The old image is back' } }],
  ])('%s', async (line, endpoint, given) => {
    const agent = agentOf();
    const { answers: [answer] } = await say(line, commandHandlers, { agent });
    expect(agent.calls[0]).toEqual({ endpoint, given });
    expectHarmless(answer ?? expect.fail());
    expect(lettersOf(answer ?? expect.fail())).toContain('ShopDown');
  });
});

it('last is the newest incident', async () => {
  const agent = agentOf();
  await say('/incident show last', commandHandlers, { agent });
  expect(agent.calls.slice(0, 2)).toEqual([{ endpoint: 'incidents', given: { query: { limit: 1 } } }, { endpoint: 'incident', given: { params: { id } } }]);
});

it('without a title a form asks, by what the command gave for it', async () => {
  const { slack, answers } = await say('/incident open', commandHandlers, { agent: agentOf() });
  expect(slack.callsOf('openView')[0]).toMatchObject(['trg.1', { callback_id: 'open-incident' }]);
  expect(answers).toEqual([]);
});

it('what lacks something is told, and nothing is done', async () => {
  const agent = agentOf();
  for (const [line, message] of [
    [`/incident severity ${id}`, 'How bad is it?'], [`/incident severity ${id} sev9`, '"sev9" is no severity.'], [`/incident update ${id}`, 'What is there to say?'], [`/incident resolve ${id}`, 'What ended it?'],
    ['/incident show', 'Which incident?'], ['/incident show web', '"web" is not the id of an incident.'], [`/incident show ${id} more`, '"more" is one too many.'], [`/incident assign ${id} bob`, '"bob" names nobody.'],
    [`/incident update ${id} --done x`, '"x" is not the number of a task.'], [`/incident update ${id} --state open`, '"open" is no state.'], ['/incident open x --severity bad', '"bad" is no severity.'],
  ] as const) expect(await failureOf(line, commandHandlers, { agent })).toMatchObject({ code: 'usage', message });
  expect(agent.calls).toEqual([]);
});

it('somebody who left, or an app, takes no part', async () => {
  for (const odd of [{ isDeactivated: true }, { isBot: true }]) {
    const slack = fakeSlack();
    slack.setUser(slackUser({ id: 'U7', name: 'Bob', ...odd }));
    expect(await failureOf(`/incident assign ${id} <@U7>`, commandHandlers, { agent: agentOf(), slack })).toMatchObject({ message: 'Bob cannot take a part in an incident.' });
  }
});

it('somebody of another company is named by his own workspace', async () => {
  const slack = fakeSlack();
  slack.setUser(slackUser({ id: 'U7', team: 'T9', isStranger: true }));
  const agent = agentOf();
  await say(`/incident assign ${id} <@U7>`, commandHandlers, { agent, slack });
  expect(agent.callsOf('assignIncident')).toEqual([{ params: { id }, body: { role: 'commander', account: 'slack:T9/U7' } }]);
});

describe('a draft of a post-mortem', () => {
  it('is shown as it is written, and acts on nobody', async () => {
    const { answers: [answer] } = await say(`/incident postmortem ${id}`, commandHandlers, { agent: agentOf() });
    expectHarmless(answer ?? expect.fail());
    expect(lettersOf(answer ?? expect.fail())).toContain('<!channel>');
  });

  it('goes as a file to everybody where that is said', async () => {
    const { slack, answers } = await say(`/incident postmortem ${id} --file`, commandHandlers, { agent: agentOf() });
    expect(slack.callsOf('upload')).toEqual([[{ channel: 'C1', name: `postmortem-${id}.md`, title: `Post-mortem of ${id}, a draft`, text: '# ShopDown\n\n<!channel>\n' }]]);
    expect(answers).toEqual([]);
  });
});
