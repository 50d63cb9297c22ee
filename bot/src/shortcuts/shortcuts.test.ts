import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { describe, expect, it } from 'vitest';
import type { View } from '@slack/types';
import { posted, talkingAgent } from '../mentions/testing/talk-scene.ts';
import { expectHarmlessView, lettersOf } from '../rendering/testing/harmless.ts';
import type { SlackMessage } from '../slack/slack-api.ts';
import { answerSample, causeSample, diagnosisSample, webObject } from '../testing/diagnosis-samples.ts';
import { fakeAgent } from '../testing/fake-agent.ts';
import { scene } from '../testing/surroundings.ts';
import type { Scene, SceneChoice } from '../testing/surroundings.ts';
import { messageKeys } from '../threads/message-keys.ts';
import type { Handler } from '../handling/handler.ts';
import { addToTimelineShortcut } from './add-to-timeline.ts';
import { askJamieShortcut } from './ask-jamie.ts';
import { diagnoseThis } from './diagnose-this.ts';
import { mentionedCauses } from './mentioned-causes.ts';
import { openIncidentShortcut } from './open-incident.ts';

const url = 'https://hooks.slack.com/app/1';
const line = {
  id: 'inc-aaaaaaaaaaaa',
  state: 'open' as const,
  title: 'ShopDown',
  severity: 'sev2' as const,
  openedAt: '2027-01-15T08:00:00.000Z',
  updatedAt: '',
  summary: '',
  returns: 0,
  firing: 1,
};

async function use(
  handler: Handler,
  message: Readonly<Record<string, unknown>>,
  choice: SceneChoice = {},
): Promise<Scene> {
  const made = scene({ store: createMemoryBotStore(), ...choice });
  await handler.handle(
    handler.payload.parse({
      trigger_id: 'trg.1',
      response_url: url,
      channel: { id: 'C1' },
      message: { ts: '1800000000.000100', ...message },
    }),
    made.surroundings,
  );
  return made;
}

function viewOf({ slack }: Scene, method: 'openView' | 'updateView'): View {
  return (slack.callsOf(method).at(-1)?.[1] ?? expect.fail(`no ${method}`)) as View;
}

describe('the causes that a text speaks of', () => {
  const other = causeSample({ object: { ...webObject, name: 'db' }, symptoms: [] });
  const api = causeSample({ object: { ...webObject, name: 'api-gateway' }, symptoms: [] });

  it('are those whose object or symptom it names, as a whole word', () => {
    expect(mentionedCauses('Pod shop/web-7f9c is restarting', [causeSample(), api])).toEqual([causeSample()]);
    expect(mentionedCauses('deployment=web,namespace=shop', [causeSample(), api])).toEqual([causeSample()]);
    expect(mentionedCauses('The WEB is slow.', [causeSample()])).toHaveLength(1);
    expect(mentionedCauses('the website and api', [causeSample(), api])).toEqual([]);
  });

  it('are none for names that are words of any text', () => {
    expect(mentionedCauses('db', [other])).toEqual([]);
  });
});

describe('Diagnose this', () => {
  it("shows, to who asked, the causes that an alert's attachments name", async () => {
    const agent = fakeAgent({
      diagnose: async () =>
        diagnosisSample({
          causes: [
            causeSample(),
            causeSample({
              rank: 2,
              title: 'Quota full',
              object: { ...webObject, kind: 'ResourceQuota', name: 'media-quota' },
              symptoms: [],
            }),
          ],
        }),
    });
    const { slack } = await use(
      diagnoseThis,
      {
        text: '',
        attachments: [
          { title: '[FIRING:1] KubePodCrashLooping', text: 'Pod <http://shop/web-7f9c|web-7f9c> restarts' },
        ],
      },
      { agent },
    );
    const [[to, answer] = []] = slack.callsOf('respond');
    expect(to).toBe(url);
    expect(lettersOf(answer as SlackMessage)).toContain('Image not found');
    expect(lettersOf(answer as SlackMessage)).not.toContain('Quota full');
    expect(answer).not.toHaveProperty('isShared');
  });

  it('asks in the words of the text where it names no cause', async () => {
    const agent = fakeAgent({ diagnose: async () => diagnosisSample({ causes: [] }), ask: async () => answerSample() });
    await use(diagnoseThis, { text: 'the checkout is &lt;slow&gt;' }, { agent });
    expect(agent.callsOf('ask')).toEqual([{ body: { question: 'the checkout is <slow>' } }]);
  });

  it('takes a flood of text as far as a question goes', async () => {
    const agent = fakeAgent({ diagnose: async () => diagnosisSample({ causes: [] }), ask: async () => answerSample() });
    await use(diagnoseThis, { text: '😀'.repeat(15_000) }, { agent });
    expect((agent.callsOf('ask')[0] as { body: { question: string } }).body.question.isWellFormed()).toBe(true);
  });

  it('refuses what has no words', async () => {
    await expect(use(diagnoseThis, { text: ' ' })).rejects.toThrow('There are no words in this message.');
  });
});

describe('Open incident', () => {
  it('fills the title with the first line, and carries only where it is from', async () => {
    const view = viewOf(
      await use(openIncidentShortcut, { text: '*Customers cannot pay* <!channel>\nsecret details' }),
      'openView',
    );
    expectHarmlessView(view);
    expect(JSON.stringify(view)).toContain('"initial_value":"Customers cannot pay @channel"');
    expect(JSON.parse('private_metadata' in view ? (view.private_metadata ?? '') : '')).toEqual({
      channel: 'C1',
      message: '1800000000.000100',
    });
  });
});

describe('Add to timeline', () => {
  const agent = () =>
    fakeAgent({ incidents: async () => ({ incidents: [line, { ...line, id: 'inc-bbbbbbbbbbbb', title: 'Other' }] }) });

  it('opens at once, then offers the ongoing incidents and the words', async () => {
    const made = await use(addToTimelineShortcut, { text: 'cache cleared' }, { agent: agent() });
    expect(made.slack.calls.map(({ method }) => method).slice(0, 2)).toEqual(['openView', 'updateView']);
    const view = viewOf(made, 'updateView');
    expectHarmlessView(view);
    expect(lettersOf(view)).toMatch(/ShopDown[\s\S]*Other/);
    expect(JSON.stringify(view)).toContain('"initial_value":"cache cleared"');
  });

  it('chooses the incident of the thread that the message stands in', async () => {
    const store = createMemoryBotStore();
    await posted(store, messageKeys.root('acme', 'inc-bbbbbbbbbbbb'), '1700000000.000100');
    const view = viewOf(
      await use(addToTimelineShortcut, { text: 'x', thread_ts: '1700000000.000100' }, { agent: agent(), store }),
      'updateView',
    );
    expect(JSON.stringify(view)).toMatch(/"initial_option":\{[^}]*\{[^}]*\}[^}]*"value":"inc-bbbbbbbbbbbb"/);
  });

  it('says so where none is open', async () => {
    const view = viewOf(
      await use(
        addToTimelineShortcut,
        { text: 'x' },
        { agent: talkingAgent({ incidents: async () => ({ incidents: [] }) }) },
      ),
      'updateView',
    );
    expect(lettersOf(view)).toContain('No incident is open.');
    expect('submit' in view ? view.submit : undefined).toBeUndefined();
  });
});

it('Ask Jamie opens a form from anywhere', async () => {
  const made = scene();
  await askJamieShortcut.handle(askJamieShortcut.payload.parse({ trigger_id: 'trg.1' }), made.surroundings);
  expectHarmlessView(viewOf(made, 'openView'));
});

it('marks around a name do not hide it, however many there are', () => {
  const cause = causeSample();
  expect(mentionedCauses(`...${cause.object.name}/.`, [cause])).toEqual([cause]);
  expect(mentionedCauses(`a${'.'.repeat(19_000)}b ${cause.object.name}`, [cause])).toEqual([cause]);
});
