import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../packages/testkit/src/slack/state/messages.ts';
import type { View } from '../../packages/testkit/src/slack/state/views.ts';
import { lettersOf, links, said, soon, talkingScene } from './talking-scene.ts';
import type { TalkingScene } from './talking-scene.ts';

let scene: TalkingScene;
beforeAll(async () => {
  scene = await talkingScene();
}, 120_000);
afterAll(async () => {
  // A message or a view that Slack would not take is a fault of the bot, wherever it came up; that a busy machine took longer than three seconds is none.
  const refused = scene.slack.calls.all
    .filter(
      ({ answer, method }) =>
        answer['ok'] === false && method !== 'users.info' && answer['error'] !== 'expired_trigger_id',
    )
    .map(({ method, answer }) => `${method} ${JSON.stringify(answer)}`);
  await scene.close();
  expect(refused).toEqual([]);
}, 30_000);

const at = (channel: { readonly id: string }, { ts }: Message) => ({ channel: channel.id, ts });
type Who = 'ann' | 'bob' | 'carl';

/** What somebody sees in a channel since now. */
function watching(who: Who, channel: 'general' | 'incidents' = 'general'): () => readonly Message[] {
  const before = new Set(scene[who].sees(scene[channel]).map(({ ts }) => ts));
  return () => scene[who].sees(scene[channel]).filter(({ ts }) => !before.has(ts));
}

async function formOf(who: Who, what: RegExp): Promise<View> {
  return await soon(
    () => scene[who].forms().find(({ content }) => what.test(lettersOf(content)) && content.submit !== undefined),
    () => scene[who].forms().map(({ content }) => lettersOf(content)),
  );
}

describe('a command', () => {
  it('is answered to the asker alone, and shared with everybody once he says so', async () => {
    const { ann, general } = scene;
    const [mine, his] = [watching('ann'), watching('bob')];
    expect((await ann.slash('/jamie', 'why is web failing?', general)).problem).toBe('');
    const answer = await said(mine, /does not exist/);
    expect(his()).toEqual([]);
    await ann.click(at(general, answer), 'share-answer');
    const shared = await said(his, /does not exist/);
    expect(lettersOf(shared)).toContain('shared by ann');
    await ann.click(at(general, answer), 'share-answer');
    await said(mine, /was shared already/);
    expect(his()).toHaveLength(1);
  });

  it('with a slip of the keyboard is told what was meant', async () => {
    const see = watching('ann');
    await scene.ann.slash('/scarlet', 'aprove last', scene.general);
    await said(see, /Did you mean \/scarlet approve\?/);
  });

  it('of somebody whom the agent does not know is answered with how to be known', async () => {
    const see = watching('carl');
    await scene.carl.slash('/jamie', 'diagnose', scene.general);
    await said(see, /I do not know who you are[\s\S]*\/autodevops link/);
  });

  it("beyond somebody's role is refused in a sentence, by the agent", async () => {
    const see = watching('bob');
    await scene.bob.slash('/scarlet', 'kill-switch on "because"', scene.general);
    await said(see, /Bob may not decide here/);
    expect(await scene.agent.client.killSwitch({}, { signal: AbortSignal.timeout(10_000) })).toMatchObject({
      on: false,
    });
  });

  it('proposes what would help, and the words approve nothing', async () => {
    const see = watching('ann');
    await scene.ann.slash('/scarlet', 'propose deploy/api -n shop', scene.general);
    const card = await said(see, /Proposal waits for a yes[\s\S]*DATABASE_URL/);
    expect(card.onlyFor).toBe(scene.ann.user.id);
    const again = watching('ann');
    await scene.ann.slash('/scarlet', 'approve last', scene.general);
    await said(again, /Proposal waits for a yes/);
    const { changes } = await scene.agent.client.changes(
      { query: { open: 'true' } },
      { signal: AbortSignal.timeout(10_000) },
    );
    expect(changes.map(({ state }) => state)).toEqual(['waiting']);
  });
});

describe('a mention', () => {
  it('is answered in a thread, where the conversation goes on without it', async () => {
    const { ann, app, general } = scene;
    const asked = ann.mention(app, general, 'why is web failing?');
    const thread = (): readonly Message[] => ann.thread(general, asked.ts);
    const answer = await said(thread, /Image not found/);
    // By this it is found again after a crash, and not said twice.
    await soon(
      () => (String(answer.metadata?.event_payload['key']).startsWith('acme/answer/') ? true : undefined),
      () => answer.metadata,
    );
    ann.reply(general, asked.ts, 'what about its logs?');
    await said(thread, /last lines of/);
    const before = thread().length;
    ann.reply(general, asked.ts, 'ok, I am on it');
    ann.reply(general, asked.ts, 'and db?');
    await soon(
      () => (thread().length >= before + 3 ? true : undefined),
      () => thread().map(lettersOf),
    );
    expect(thread()).toHaveLength(before + 3);
  });

  it('with markup in it calls nobody and asks all the same', async () => {
    const { ann, app, general } = scene;
    const asked = ann.mention(app, general, 'why is <!channel> failing?');
    const answer = await said(() => ann.thread(general, asked.ts).slice(1), /\S/);
    expect(answer.text).not.toContain('<!channel>');
  });

  it('that asks nothing gets help', async () => {
    const { bob, app, general } = scene;
    const asked = bob.mention(app, general, 'hello');
    await said(() => bob.thread(general, asked.ts), /\/jamie help/);
  });
});

describe('an incident', () => {
  it('is opened from a message by a form that tells what is missing, and kept up from its thread', async () => {
    const { ann, bob, general, incidents, agent } = scene;
    const complaint = bob.say(general, '*Customers cannot pay*\nsince noon');
    const see = watching('ann', 'incidents');
    await ann.messageShortcut('open-incident', at(general, complaint));
    expect(lettersOf((await formOf('ann', /What is wrong\?/)).content)).toContain('Severity');
    expect((await ann.submit({ title: '   ', severity: 'SEV2' })).errors).toEqual({
      title: 'Say in one sentence what is wrong.',
    });
    expect((await ann.submit({ title: 'Customers cannot pay', severity: 'SEV2' })).errors).toEqual({});
    const root = await said(see, /Customers cannot pay/);
    const thread = (): readonly Message[] => ann.thread(incidents, root.ts);
    ann.reply(incidents, root.ts, 'timeline: the cache was cleared');
    await said(thread, /It is in the timeline of/);
    const {
      incidents: [line],
    } = await agent.client.incidents({ query: { limit: 1 } }, { signal: AbortSignal.timeout(10_000) });
    const incident = await agent.client.incident(
      { params: { id: line?.id ?? '' } },
      { signal: AbortSignal.timeout(10_000) },
    );
    expect(incident.timeline.map(({ says }) => says).join('\n')).toContain('the cache was cleared');
    expect(incident.links).toMatchObject([{ title: 'Message in Slack' }]);
    ann.reply(incidents, root.ts, 'is it better now?');
    await soon(
      () => (thread().some((message) => message.stream !== undefined && !message.stream.isOpen) ? true : undefined),
      () => thread().map(lettersOf),
    );
  });

  it('takes what somebody said elsewhere into its timeline', async () => {
    const { ann, general, agent } = scene;
    const message = ann.say(general, 'The provider confirms an outage');
    const see = watching('ann');
    await ann.messageShortcut('add-to-timeline', at(general, message));
    await formOf('ann', /Of which incident\?/);
    const {
      incidents: [line],
    } = await agent.client.incidents({ query: { limit: 1 } }, { signal: AbortSignal.timeout(10_000) });
    expect((await ann.submit({ incident: line?.id ?? '' })).errors).toEqual({});
    await said(see, /It is in the timeline of/);
  });
});

it('an alert of another program is diagnosed from its menu, by the names in it', async () => {
  const { ann, bob, general } = scene;
  const alert = bob.say(general, '[FIRING:1] KubePodCrashLooping: deployment api in namespace shop');
  const see = watching('ann');
  await ann.messageShortcut('diagnose-this', at(general, alert));
  const answer = await said(see, /Dependency asked on a port/);
  expect(lettersOf(answer)).not.toContain('StorageClass does not exist');
});

it('a question from the form of everywhere is answered where that was chosen', async () => {
  const { ann, general } = scene;
  const see = watching('ann');
  await ann.shortcut('ask-jamie');
  await formOf('ann', /What do you want to know\?/);
  await ann.submit({ question: 'is db healthy?', channel: general.id });
  const answer = await said(see, /db/);
  expect(answer.onlyFor).toBe(ann.user.id);
});

describe('the home', () => {
  it('shows what goes on, and its kill switch asks why before it stops everything', async () => {
    const { ann, app } = scene;
    ann.openHome(app);
    const home = await soon(
      () => ann.home(app),
      () => 'no home',
    );
    expect(lettersOf(home)).toMatch(/prod[\s\S]*My approvals[\s\S]*Open incidents/);
    await ann.click(home, 'kill-switch');
    await formOf('ann', /All execution stops at once/);
    await ann.submit({ why: 'The registry is down' });
    await soon(
      () => (/Kill switch: .* on/.test(lettersOf(ann.home(app))) ? true : undefined),
      () => lettersOf(ann.home(app)),
    );
    await ann.click(ann.home(app) ?? expect.fail(), 'kill-switch');
    await formOf('ann', /Execution is stopped/);
    await ann.submit({ why: 'It is back' });
    await soon(
      () => (/Kill switch: off/.test(lettersOf(ann.home(app))) ? true : undefined),
      () => lettersOf(ann.home(app)),
    );
  });

  it("shows what waits for somebody's yes, who gives it in the window and sees it there", async () => {
    const { dora, app } = scene;
    dora.openHome(app);
    await soon(
      () => (/My approvals[\s\S]*DATABASE_URL/.test(lettersOf(dora.home(app))) ? true : undefined),
      () => lettersOf(dora.home(app)),
    );
    await dora.click(dora.home(app) ?? expect.fail(), 'show-change');
    const window = await soon(
      () => dora.forms().find(({ content }) => /Proposal waits for a yes/.test(lettersOf(content))),
      () => dora.forms().map(({ content }) => lettersOf(content)),
    );
    await dora.click(window, 'approve-change');
    await soon(
      () => (/Dora\s+agreed/.test(lettersOf(window.content)) ? true : undefined),
      () => lettersOf(window.content),
    );
    await dora.close(true);
    dora.openHome(app);
    await soon(
      () => (/Nothing waits for your yes/.test(lettersOf(dora.home(app))) ? true : undefined),
      () => lettersOf(dora.home(app)),
    );
  });

  it('opens an incident in a window of its own', async () => {
    const { ann, app } = scene;
    ann.openHome(app);
    await soon(
      () => (lettersOf(ann.home(app)).includes('Customers cannot pay') ? true : undefined),
      () => lettersOf(ann.home(app)),
    );
    await ann.click(ann.home(app) ?? expect.fail(), 'show-incident');
    await soon(
      () => ann.forms().find(({ content }) => /Customers cannot pay[\s\S]*Commander/.test(lettersOf(content))),
      () => ann.forms().map(({ content }) => lettersOf(content)),
    );
    await ann.close(true);
  });

  it('lets somebody who is new link his account by a code', async () => {
    const { carl, app, agent } = scene;
    await agent.link({
      id: 'carl',
      name: 'Carl',
      accounts: [`local:${(await import('node:os')).userInfo().username}`],
      roles: ['admin', 'viewer'],
    });
    const { code } = await agent.client.makeLinkCode({}, { signal: AbortSignal.timeout(10_000) });
    carl.openHome(app);
    const home = await soon(
      () => carl.home(app),
      () => 'no home',
    );
    expect(lettersOf(home)).not.toContain('prod');
    await carl.click(home, 'link-account');
    await formOf('carl', /Code/);
    expect((await carl.submit({ code: '!' })).errors).toEqual({
      code: 'A code has ten letters and digits, in two groups.',
    });
    expect((await carl.submit({ code })).errors).toEqual({});
    await soon(
      () => (/My approvals/.test(lettersOf(carl.home(app))) ? true : undefined),
      () => lettersOf(carl.home(app)),
    );
    const see = watching('carl');
    await carl.slash('/autodevops', 'whoami', scene.general);
    await said(see, /Carl[\s\S]*admin, viewer/);
  });
});

it('the Messages tab suggests questions from what is wrong, and each is answered in a thread of its own', async () => {
  const { ann, app } = scene;
  const conversation = ann.openMessages(app);
  const shown = await soon(
    () => ann.suggestions(conversation).find(({ title }) => title.startsWith('Why is')),
    () => ann.suggestions(conversation),
  );
  const { ts } = ann.writeTo(app, shown.message);
  await said(() => ann.thread(conversation, ts), /is not healthy|Here is|Dependency asked/);
});

it('a link of ours is shown in a line, any other is left alone', async () => {
  const { ann, general, agent } = scene;
  const {
    incidents: [line],
  } = await agent.client.incidents({ query: { limit: 1 } }, { signal: AbortSignal.timeout(10_000) });
  const message = ann.say(general, `see ${links}/incidents/${line?.id ?? ''} and ${links}/elsewhere`);
  const unfurls = await soon(
    () => general.messages.get(message.ts)?.unfurls,
    () => 'nothing is shown',
  );
  expect(Object.keys(unfurls)).toEqual([`${links}/incidents/${line?.id ?? ''}`]);
  expect(lettersOf(Object.values(unfurls))).toContain('Customers cannot pay');
});
