import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Handler } from '../handling/handler.ts';
import { SlackFailure } from '../slack/slack-failure.ts';
import { answerSample } from '../testing/diagnosis-samples.ts';
import { fakeAgent } from '../testing/fake-agent.ts';
import { fakeSlack } from '../testing/fake-slack.ts';
import { scene } from '../testing/surroundings.ts';
import type { Scene, SceneChoice } from '../testing/surroundings.ts';
import { incidentSample } from '../threads/testing/incident-samples.ts';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { addToTimelineForm } from './add-to-timeline.ts';
import { askJamieForm } from './ask-jamie.ts';
import { killSwitchForm } from './kill-switch.ts';
import { linkAccountForm } from './link-account.ts';
import { openIncidentForm } from './open-incident.ts';

const id = 'inc-aaaaaaaaaaaa';
const notLinked = async (): Promise<never> => {
  throw new AutoDevOpsError('change.not-allowed', 'No.', 'Link.');
};
const cluster = async () => ({ name: 'kind', mode: 'local' as const });

function sent(fields: Readonly<Record<string, string | { readonly choice: string }>>, metadata: unknown = {}): unknown {
  const values = Object.fromEntries(
    Object.entries(fields).map(([name, entry]) => [
      name,
      {
        [name]:
          typeof entry === 'string'
            ? { type: 'plain_text_input', value: entry }
            : { type: 'static_select', selected_option: { value: entry.choice } },
      },
    ]),
  );
  return {
    view: { private_metadata: typeof metadata === 'string' ? metadata : JSON.stringify(metadata), state: { values } },
    response_urls: [{ response_url: 'https://hooks.slack.com/app/1', channel_id: 'C1' }],
  };
}

async function submit(handler: Handler, given: unknown, choice: SceneChoice = {}): Promise<Scene> {
  const made = scene({ store: createMemoryBotStore(), ...choice });
  await handler.handle(handler.payload.parse(given), made.surroundings);
  return made;
}

const errorsOf = (handler: Handler, given: unknown): unknown => handler.fieldErrors?.(handler.payload.parse(given));

describe('a form that opens an incident', () => {
  const agentOf = () =>
    fakeAgent({
      openIncident: async () => incidentSample(),
      updateIncident: async () => incidentSample(),
      cluster,
      people: notLinked,
    });

  it('opens it, links the message, and tells who opened it where he did', async () => {
    const agent = agentOf();
    const { slack } = await submit(
      openIncidentForm,
      sent(
        { title: ' Customers cannot pay ', severity: { choice: 'sev1' } },
        { channel: 'C1', message: '1800000000.000100' },
      ),
      { agent },
    );
    expect(agent.callsOf('openIncident')).toEqual([{ body: { title: 'Customers cannot pay', severity: 'sev1' } }]);
    expect(agent.callsOf('updateIncident')).toEqual([
      {
        params: { id },
        body: {
          link: { title: 'Message in Slack', target: 'https://example.slack.com/archives/C1/p1800000000000100' },
        },
      },
    ]);
    expect(slack.callsOf('whisper')[0]).toMatchObject([
      { channel: 'C1', user: 'U1', threadTs: '1800000000.000100' },
      {},
    ]);
  });

  it('opens it where Slack gives no link and takes no answer', async () => {
    const slack = fakeSlack();
    slack.failNext('permalink', new SlackFailure('refused', 'channel_not_found'));
    slack.failNext('whisper', new SlackFailure('refused', 'not_in_channel'));
    const agent = agentOf();
    await submit(
      openIncidentForm,
      sent({ title: 'x', severity: { choice: 'sev2' } }, { channel: 'C1', message: '1800000000.000100' }),
      { agent, slack },
    );
    expect(agent.callsOf('openIncident')).toHaveLength(1);
    expect(agent.callsOf('updateIncident')).toEqual([]);
    expect(slack.callsOf('publishHome')).toHaveLength(1);
  });

  it('names each field that lacks something', () => {
    expect(errorsOf(openIncidentForm, sent({ title: '  ' }))).toEqual({
      title: 'Say in one sentence what is wrong.',
      severity: 'Choose how bad it is.',
    });
    expect(errorsOf(openIncidentForm, sent({ title: 'x'.repeat(201), severity: { choice: 'sev1' } }))).toEqual({
      title: 'At most 200 characters.',
    });
    expect(errorsOf(openIncidentForm, sent({ title: 'x', severity: { choice: 'sev1' } }))).toEqual({});
  });

  it('with metadata that we did not write does nothing', async () => {
    for (const metadata of [
      '',
      'null',
      '[]',
      '{"channel":"<!channel>"}',
      '{"channel":"C1","message":"../../x"}',
      '{"__proto__":1',
      '"x"',
    ]) {
      const agent = agentOf();
      await expect(
        submit(openIncidentForm, sent({ title: 'x', severity: { choice: 'sev1' } }, metadata), { agent }),
      ).rejects.toMatchObject({ code: 'usage' });
      expect(agent.calls).toEqual([]);
    }
  });
});

describe('a form for the timeline', () => {
  it('keeps the words in the chosen incident, with a link to the message', async () => {
    const agent = fakeAgent({ updateIncident: async () => incidentSample(), people: notLinked });
    const { slack } = await submit(
      addToTimelineForm,
      sent({ incident: { choice: id }, says: 'cache cleared' }, { channel: 'C1', message: '1800000000.000100' }),
      { agent },
    );
    expect(agent.callsOf('updateIncident')).toMatchObject([
      { params: { id }, body: { says: 'cache cleared', link: { title: 'Message in Slack' } } },
    ]);
    expect(JSON.stringify(slack.callsOf('whisper'))).toContain('It is in the timeline of ');
  });

  it('takes no incident that is none', () => {
    expect(errorsOf(addToTimelineForm, sent({ incident: { choice: 'inc-../x' }, says: 'x' }))).toEqual({
      incident: 'Choose one of the list.',
    });
    expect(errorsOf(addToTimelineForm, sent({}))).toEqual({
      incident: 'Choose an incident.',
      says: 'Say what happened.',
    });
  });
});

it('a question from a form is answered where it was chosen, to the asker alone', async () => {
  const agent = fakeAgent({ ask: async () => answerSample() });
  const { slack } = await submit(askJamieForm, sent({ question: 'why is &lt;web&gt; down?' }), { agent });
  expect(agent.callsOf('ask')).toEqual([{ body: { question: 'why is <web> down?' } }]);
  expect(slack.callsOf('respond')[0]?.[1]).not.toHaveProperty('isShared');
});

describe('a form with a code', () => {
  it('links the account and shows the home anew', async () => {
    const ann = { id: 'ann', name: 'Ann', accounts: ['slack:T1/U1'], roles: ['viewer'] };
    const agent = fakeAgent({
      useLinkCode: async () => ann,
      people: async () => ({ people: [ann] }),
      cluster,
      health: notLinked,
      killSwitch: notLinked,
      incidents: notLinked,
      changes: notLinked,
    });
    const { slack } = await submit(linkAccountForm, sent({ code: 'ABCDE FGHJK' }), { agent });
    expect(agent.callsOf('useLinkCode')).toEqual([{ body: { code: 'ABCDEFGHJK' } }]);
    expect(slack.callsOf('publishHome')).toHaveLength(1);
    expect(slack.callsOf('whisper')).toEqual([]);
  });

  it('says in the field what a code is', () => {
    expect(errorsOf(linkAccountForm, sent({ code: '' }))).toEqual({ code: 'Enter the code.' });
    expect(errorsOf(linkAccountForm, sent({ code: 'a'.repeat(60) }))).toEqual({
      code: 'A code has ten letters and digits, in two groups.',
    });
    expect(errorsOf(linkAccountForm, sent({ code: 'ABCDE-FGHJK' }))).toEqual({});
  });
});

describe('a form of the kill switch', () => {
  const agentOf = () =>
    fakeAgent({
      setKillSwitch: async (given) => ({ on: given.body?.on ?? false, by: 'Ann', why: '', since: '' }),
      people: notLinked,
    });

  it('turns it the way that it said, with the reason', async () => {
    const agent = agentOf();
    await submit(killSwitchForm, sent({ why: 'The registry is down' }, { on: 'on' }), { agent });
    expect(agent.callsOf('setKillSwitch')).toEqual([{ body: { on: true, why: 'The registry is down' } }]);
  });

  it('turns nothing where it does not say which way', async () => {
    const agent = agentOf();
    await expect(submit(killSwitchForm, sent({ why: 'x' }, { on: 'maybe' }), { agent })).rejects.toMatchObject({
      code: 'usage',
    });
    expect(agent.calls).toEqual([]);
  });
});
