// Draws docs/pictures/slack-*.png from a real incident on the sample cluster: an agent and a bot as processes, before the
// Slack of the testkit, whose page a browser shows. `npm run picture -- slack`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { bundleAgent, bundleProgram } from '../../../test/agent/agent-bundle.ts';
import { botScene } from '../../../test/bot/bot-scene.ts';
import type { BotScene, Workspace } from '../../../test/bot/bot-scene.ts';
import { customerAgent } from '../../../test/bot/customer-agent.ts';
import type { CustomerAgent } from '../../../test/bot/customer-agent.ts';
import { seenBy } from '../../../test/bot/incident-thread.ts';
import { startSampleCluster } from '../../../test/setup/sample-cluster.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const pictures = join(root, 'docs', 'pictures');

const apiFails = {
  group: 'api',
  alerts: [
    {
      name: 'KubePodCrashLooping',
      labels: { namespace: 'shop', deployment: 'api' },
      summary: 'Pods of shop/api restart again and again',
    },
  ],
};

/** The ways to other people's pages and the place to write at are no part of a picture; the thread is what it is of. */
const framed =
  'nav{width:96px}nav ul,.standin{display:none}main{flex:none;width:344px}aside{max-width:none}main,aside{padding-bottom:20px!important}';

interface Stage {
  readonly acme: CustomerAgent;
  readonly bots: BotScene;
  readonly at: Workspace;
}

/** `ts` of the thread that is open beside the channel. */
async function keepPicture(
  name: string,
  thread: string,
  { bots: { slack }, at: { ann, channel } }: Stage,
  browser: Browser,
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1140, height: 400 }, deviceScaleFactor: 1.5 });
  await page.goto(`${slack.url}as/${ann.id}/${channel.id}?thread=${thread}`);
  await page.addStyleTag({ content: framed });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  await page.close();
}

/** An alert opens the thread, Scarlet's fix waits for two people, is done and verified, and the alert ends. */
async function playIncident(stage: Stage, browser: Browser): Promise<void> {
  const { acme, bots, at } = stage;
  const seen = seenBy(at.ann, bots, at);
  await acme.alert(apiFails);
  const card = await seen.wait(
    'the incident with its cause',
    (text, { threadTs }) => threadTs === undefined && text.includes('db:5433'),
  );
  await seen.click(at.ann, card, 'assign-me');
  await seen.wait('who took it up', (text, { threadTs }) => threadTs === card.ts && text.includes('Investigating'));
  const proposal = await seen.wait(
    'the proposal',
    (text, { threadTs }) => threadTs === card.ts && text.includes('approve-change'),
  );
  await seen.click(at.bob, proposal, 'approve-change');
  await seen.wait(
    'the first yes',
    (text, { ts }) => ts === proposal.ts && text.includes('Bob') && text.includes('agreed'),
  );
  await keepPicture('slack-proposal', card.ts, stage, browser);
  await seen.click(at.cid, proposal, 'approve-change');
  await seen.wait('that it helped', (text, { ts }) => ts === proposal.ts && text.includes('Done and verified'), 60);
  await acme.alert({ ...apiFails, status: 'resolved' });
  await seen.wait(
    'that it is over',
    (text, { threadTs }) => threadTs === card.ts && text.includes('show-postmortem'),
    60,
  );
  // What is still on its way into the channel comes within Slack's one message a second.
  await sleep(3000);
  await keepPicture('slack-thread', card.ts, stage, browser);
}

export async function drawSlack(): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const [agentBundle, botBundle, cluster] = await Promise.all([
    bundleAgent(),
    bundleProgram(join(root, 'test/bot/bot-process.ts')),
    startSampleCluster(),
  ]);
  const acme = await customerAgent('acme', { bundle: agentBundle, cluster, proposes: true });
  await acme.start();
  const bots = await botScene({ bundle: botBundle, customers: [acme] });
  const browser = await chromium.launch({
    executablePath: process.env['AUTODEVOPS_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const [at] = bots.workspaces;
    if (at === undefined) throw new Error('There is no workspace.');
    await bots.start();
    await playIncident({ acme, bots, at }, browser);
  } finally {
    await browser.close();
    await bots.close();
    await acme.close();
    await cluster.close();
    agentBundle.remove();
    botBundle.remove();
  }
}
