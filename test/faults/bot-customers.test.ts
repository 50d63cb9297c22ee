import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { botRegistry } from '../../bot/src/handling/handlers.ts';
import { actionIds } from '../../bot/src/rendering/action-ids.ts';
import { until } from '../agent/agent-scene.ts';
import { patiently } from '../agent/started-agent.ts';
import type { StartedAgent } from '../agent/started-agent.ts';
import { botScene } from '../bot/bot-scene.ts';
import type { BotScene, Workspace } from '../bot/bot-scene.ts';
import { customerAgent } from '../bot/customer-agent.ts';
import type { CustomerAgent } from '../bot/customer-agent.ts';
import { bundleBoth } from '../bot/incident-scene.ts';
import type { BothBundles } from '../bot/incident-scene.ts';
import { contentOf, seenBy } from '../bot/incident-thread.ts';
import type { Team, User } from '../../packages/testkit/src/slack/state/workspaces.ts';
import { startSampleCluster } from '../setup/sample-cluster.ts';

let bundles: BothBundles;
beforeAll(async () => {
  bundles = await bundleBoth();
}, 120_000);
afterAll(() => bundles.remove());

/** Stands in everything that Acme's agent tells of its incident, and in nothing of anybody else's. */
const marker = 'only-acme-may-read-this';
const alert = {
  group: 'api',
  alerts: [{ name: 'KubePodCrashLooping', labels: { namespace: 'shop', deployment: 'api' }, summary: marker }],
};

interface TwoCustomers {
  readonly bots: BotScene;
  readonly bot: StartedAgent;
  readonly acme: CustomerAgent;
  readonly globex: CustomerAgent;
  readonly ofAcme: Workspace;
  readonly ofGlobex: Workspace;
}

async function twoCustomers(): Promise<TwoCustomers> {
  const cluster = await startSampleCluster();
  const [acme, globex] = await Promise.all([
    customerAgent('acme', { bundle: bundles.agent, cluster }),
    customerAgent('globex', { bundle: bundles.agent, cluster }),
  ]);
  await Promise.all([acme.start(), globex.start()]);
  const bots = await botScene({ bundle: bundles.bot, customers: [acme, globex] });
  const [ofAcme, ofGlobex] = bots.workspaces;
  if (ofAcme === undefined || ofGlobex === undefined) throw new Error('there are no workspaces');
  onTestFinished(async () => {
    await bots.close();
    await Promise.all([acme.close(), globex.close()]);
    await cluster.close();
  });
  return { bots, bot: await bots.start(), acme, globex, ofAcme, ofGlobex };
}

/** Everything that there is of a customer, so that anything done to it shows. */
async function stateOf({ client }: CustomerAgent): Promise<string> {
  const [{ incidents }, { changes }, { head }, { on }] = await Promise.all([
    client.incidents({}, patiently),
    client.changes({}, patiently),
    client.auditRows({}, patiently),
    client.killSwitch({}, patiently),
  ]);
  const whole = await Promise.all(
    incidents.map(async ({ id }) => (await client.incident({ params: { id } }, patiently)).sequence),
  );
  return JSON.stringify({ incidents, changes, whole, head, on });
}

interface ForeignIds {
  readonly incident: string;
  readonly change: string;
  readonly digest: string;
  readonly channel: string;
  readonly root: string;
  readonly card: string;
}

/** What the buttons of that name carry. */
function valueOf(action: string, { incident, change, digest }: ForeignIds): string {
  if (action === actionIds.approve) return `${change} ${digest}`;
  if (action === actionIds.runFix || action === actionIds.showEvidence) return `${incident} 0`;
  if (action === actionIds.showPanel) return `${incident} panel 1`;
  return action.endsWith('-change') || action === actionIds.showDiff || action === actionIds.ask ? change : incident;
}

/** Bodies as Slack would send them, that name what is another customer's: clicked in his thread, or in what one alone sees. */
function clicks(action: string, ids: ForeignIds): readonly Record<string, unknown>[] {
  const ts = action.endsWith('-change') ? ids.card : ids.root;
  const places = action === actionIds.approve ? [false, true] : [false];
  return places.map((isEphemeral) => ({
    type: 'block_actions',
    container: { type: 'message', message_ts: ts, channel_id: ids.channel, is_ephemeral: isEphemeral },
    channel: { id: ids.channel, name: 'x' },
    ...(isEphemeral ? {} : { message: { ts, text: 'x' } }),
    actions: [
      {
        action_id: action,
        block_id: 'b',
        type: 'button',
        value: valueOf(action, ids),
        action_ts: `${Date.now() / 1000}`,
      },
    ],
  }));
}

function form(view: string, { incident, change, channel, card }: ForeignIds): Record<string, unknown> {
  const text = (value: string): object => ({ type: 'plain_text_input', value });
  const values = {
    why: { why: text('x') },
    says: { says: text('x') },
    question: { question: text('what is wrong?') },
    code: { code: text('12345678') },
    severity: { severity: { type: 'radio_buttons', selected_option: { value: 'sev1' } } },
    incident: { incident: { type: 'static_select', selected_option: { value: incident } } },
  };
  return {
    type: 'view_submission',
    view: {
      id: `V${randomUUID().slice(0, 8).toUpperCase()}`,
      hash: randomUUID(),
      type: 'modal',
      callback_id: view,
      private_metadata: JSON.stringify({ incident, change, channel, message: card }),
      state: { values },
    },
  };
}

/** What is about nothing that anybody has: it opens an empty form, or the sender's own home. */
const ofNobody = [
  'view.open-incident',
  ...[actionIds.openIncident, actionIds.refreshHome, actionIds.link, actionIds.killSwitch].map((id) => `action.${id}`),
];

/** Until a bot has had nothing to do for a while: it neither logs nor calls. */
async function quiet(bot: StartedAgent, { slack }: BotScene): Promise<void> {
  const done = (): number => bot.errors().length + slack.calls.all.length;
  for (let [since, last] = [performance.now(), done()]; performance.now() - since < 6000; await sleep(200)) {
    if (done() !== last) [since, last] = [performance.now(), done()];
  }
}

describe('two customers on one bot', () => {
  it('see nothing of one another: an incident of one is told in his channel alone', async () => {
    const { acme, bots, ofAcme, ofGlobex } = await twoCustomers();
    await acme.alert(alert);
    await seenBy(ofAcme.ann, bots, ofAcme).wait('the card', (text) => text.includes(marker));
    await sleep(1000);
    expect(seenBy(ofGlobex.ann, bots, ofGlobex).messages()).toEqual([]);
    expect(
      bots.slack.calls.all.filter(({ app, args }) => app === ofGlobex.app.id && JSON.stringify(args).includes(marker)),
    ).toEqual([]);
  }, 120_000);

  it('reach nothing of one another: every button, form and word with the ids of the other reads and does nothing', async ({
    annotate,
  }) => {
    const { acme, globex, bots, bot, ofAcme, ofGlobex } = await twoCustomers();
    const incident = await acme.alert(alert);
    const seen = seenBy(ofAcme.ann, bots, ofAcme);
    const findings = await seen.wait(
      'what Jamie found',
      (text, { threadTs }) => threadTs !== undefined && text.includes('run-fix'),
    );
    await seen.click(ofAcme.ann, findings, 'run-fix');
    const card = await seen.wait('the proposal', (text) => text.includes('approve-change'));
    await sleep(1500);
    const [line] = (await acme.client.changes({}, patiently)).changes;
    const change = await acme.client.change({ params: { id: line?.id ?? '' } }, patiently);
    const ids: ForeignIds = {
      incident,
      change: change.id,
      digest: change.digest,
      channel: ofAcme.channel.id,
      root: findings.threadTs ?? '',
      card: card.ts,
    };
    const before = await stateOf(acme);
    const standing = JSON.stringify(seen.messages().map(contentOf));

    const names = botRegistry(() => []).handlers.map(({ name }) => name);
    const buttons = names
      .filter((name) => name.startsWith('action.'))
      .map((name) => clicks(name.slice('action.'.length), ids));
    const sentForms = names
      .filter((name) => name.startsWith('view.'))
      .map((name) => form(name.slice('view.'.length), ids));
    const send = async (team: Team, user: User, bodies: readonly Record<string, unknown>[]): Promise<number> => {
      for (const body of bodies) {
        await bots.slack.forge(ofGlobex.app, 'interaction', {
          ...body,
          api_app_id: ofGlobex.app.id,
          team: { id: team.id, domain: team.domain },
          enterprise: null,
          is_enterprise_install: false,
          user: { id: user.id, name: user.name, team_id: user.team.id },
          trigger_id: randomUUID(),
          response_url: `${bots.slack.url}nowhere`,
        });
      }
      return bodies.length;
    };
    // Rightly signed by Globex's app: of its own people, of people and workspaces that are not its own.
    let sent = await send(ofGlobex.team, ofGlobex.ann, [...buttons.flat(), ...sentForms]);
    const once = [...buttons.flatMap(([first]) => (first === undefined ? [] : [first])), ...sentForms];
    for (const [team, user] of [
      [ofAcme.team, ofGlobex.ann],
      [ofGlobex.team, ofAcme.ann],
      [ofAcme.team, ofAcme.ann],
    ] as const) {
      sent += await send(team, user, once);
    }
    const words: readonly (readonly [string, string])[] = [
      ['/scarlet', `show ${ids.change}`],
      ['/scarlet', `approve ${ids.change}`],
      ['/scarlet', `reject ${ids.change} no`],
      ['/scarlet', `undo ${ids.change} no`],
      ['/incident', `show ${ids.incident}`],
      ['/incident', `assign ${ids.incident}`],
      ['/incident', `resolve ${ids.incident} over`],
      ['/incident', `postmortem ${ids.incident}`],
    ];
    for (const [command, text] of words) await bots.slack.person(ofGlobex.bob).slash(command, text, ofGlobex.channel);
    await quiet(bot, bots);
    await annotate(`${sent + words.length} attempts`);
    // Each of them came to a handler that was told no, or to the guard; a few open something empty of Globex's own.
    const told = new Set(
      bot
        .errors()
        .split('\n')
        .flatMap((line) => /"handler":"([^"]+)"/.exec(line)?.[1] ?? []),
    );
    expect(
      names.filter((name) => /^(action|view)\./.test(name) && !told.has(name) && !ofNobody.includes(name)),
    ).toEqual([]);
    expect(await stateOf(acme)).toBe(before);
    expect(JSON.stringify(seen.messages().map(contentOf))).toBe(standing);
    expect((await globex.client.changes({}, patiently)).changes).toEqual([]);
    expect(
      bots.slack.calls.all.filter(({ app, args }) => app === ofGlobex.app.id && JSON.stringify(args).includes(marker)),
    ).toEqual([]);
    expect(sent).toBeGreaterThan(100);
  }, 170_000);
});

describe('a channel that is shared with a third company', () => {
  it('is told nothing more until it is not shared any more, and its strangers decide nothing', async () => {
    const { acme, bots, ofAcme } = await twoCustomers();
    const seen = seenBy(ofAcme.ann, bots, ofAcme);
    await acme.alert(alert);
    const findings = await seen.wait(
      'what Jamie found',
      (text, { threadTs }) => threadTs !== undefined && text.includes('run-fix'),
    );
    const initech = bots.slack.addTeam('initech');
    const stan = bots.slack.addUser(initech, { name: 'stan' });
    ofAcme.channel.teams.add(initech);
    ofAcme.channel.members.add(stan.id);
    const before = await stateOf(acme);
    await seen.click(stan, findings, 'run-fix');
    await bots.slack
      .person(stan)
      .click({ channel: ofAcme.channel.id, ts: findings.threadTs ?? '' }, 'acknowledge-incident');
    await seenBy(stan, bots, ofAcme).wait(
      'why Stan may not',
      (text, { onlyFor }) => onlyFor === stan.id && text.includes('Only people of this workspace'),
    );
    expect(await stateOf(acme)).toBe(before);

    const happened = async (type: string): Promise<void> =>
      void (await bots.slack.forge(ofAcme.app, 'event', {
        type: 'event_callback',
        api_app_id: ofAcme.app.id,
        team_id: ofAcme.team.id,
        event_id: `Ev${randomUUID()}`,
        event_time: Math.floor(Date.now() / 1000),
        authorizations: [
          { team_id: ofAcme.team.id, user_id: ofAcme.bot.botUser.id, is_bot: true, is_enterprise_install: false },
        ],
        event: { type, channel: ofAcme.channel.id, connected_team_id: initech.id, event_ts: `${Date.now() / 1000}` },
      }));
    await happened('channel_shared');
    await sleep(1000);
    const standing = seen.messages().length;
    await acme.alert({
      group: 'media',
      alerts: [{ name: 'KubePodOOM', labels: { namespace: 'media', deployment: 'thumbnailer' } }],
    });
    await sleep(4000);
    expect(seen.messages()).toHaveLength(standing);

    ofAcme.channel.teams.delete(initech);
    ofAcme.channel.members.delete(stan.id);
    await happened('channel_unshared');
    await until(
      'the other incident is told',
      () => seen.roots().some((root) => contentOf(root).includes('thumbnailer')),
      90,
    );
  }, 170_000);
});
