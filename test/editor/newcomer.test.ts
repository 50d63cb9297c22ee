import { cpSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AgentClient } from '../../packages/agentd/src/client/agent-client.ts';
import { socketFetch } from '../../packages/agentd/src/client/socket-fetch.ts';
import { agentClientOf } from '../../packages/agentd/src/process/agent-client-of.ts';
import { workloadArchive } from '../bed/build/workload-images.ts';
import { apiManifest, breakShop, shopDatabase, shopFolder } from './broken-shop.ts';
import { ManifestEditor } from './manifest-editor.ts';
import { openOwnMachine } from './own-machine.ts';
import type { OwnMachine } from './own-machine.ts';
import { pictureFile } from './pictures.ts';
import { runningAgents } from './running-agents.ts';
import { WalkthroughPage } from './walkthrough-page.ts';
import type { Workbench } from './workbench.ts';

/** The whole way of somebody who has nothing but the extension's page, on a cluster of their own. Each test goes on from the one before. */
const name = 'autodevops-newcomer';
const minutes = 60_000;
const image = 'docker.io/library/busybox:1.35';
const policy = {
  version: 1,
  rules: [{ id: 'two-people', why: 'What customers use is changed by two people.', decision: 'two' }],
};
const signal = AbortSignal.timeout(60 * minutes);
let own: OwnMachine;
let window: Workbench;
let walkthrough: WalkthroughPage;
let editor: ManifestEditor;

const local = (text: string) =>
  window.row('Clusters', 'Local cluster').filter({ hasText: name }).filter({ hasText: text });
const broken = () => window.row('Problems of the Cluster', 'Dependency asked on a port').first();
const database = async (): Promise<string> => await shopDatabase(own.hand);
const pressLens = async (title: string): Promise<void> =>
  await editor.pressLens(title, 'Deployment', apiManifest.split('\n').indexOf('kind: Deployment') + 1);
const agentAs = (token: string | undefined): AgentClient =>
  agentClientOf({ fetch: socketFetch(join(own.folder, 'data', 'agent.sock')), token });

/** Another person at the agent of this window, who may agree. */
async function person(called: string, owner: AgentClient): Promise<AgentClient> {
  const account = `http:${called.toLowerCase()}`;
  const body = { id: called.toLowerCase(), name: called, accounts: [account], roles: ['approver' as const] };
  await owner.putPerson({ body }, { signal });
  const { token } = await owner.issueToken({ body: { account, name: 'desk' } }, { signal });
  return agentAs(token);
}

/** The agent is another process then, and answers. */
async function startedAgain(before: readonly number[]): Promise<void> {
  await expect
    .poll(() => runningAgents(own.home).filter((id) => !before.includes(id)).length, { timeout: 2 * minutes })
    .toBe(1);
  await broken().waitFor({ timeout: 2 * minutes });
}

beforeAll(async () => {
  own = await openOwnMachine(name);
  window = own.window;
  walkthrough = new WalkthroughPage(window);
  editor = new ManifestEditor(window);
  await own.engine.run(['load', '--quiet', '--input', await workloadArchive(own.engine)]);
  cpSync(join(shopFolder, 'api.yaml'), join(own.folder, 'api.yaml'));
  await window.sidebar('Clusters', 'Changes');
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window?.picture(pictureFile('newcomer-failed'));
});

afterAll(async () => {
  await own?.close();
});

describe('somebody new', { timeout: 10 * minutes }, () => {
  it('is told what there is not, and led to a cluster', async () => {
    await window
      .view('Problems of the Cluster')
      .locator('.welcome-view-content', { hasText: 'There is no cluster yet' })
      .waitFor({ timeout: 2 * minutes });
    await window.picture(pictureFile('newcomer-nothing'));
  });

  it('sees what the machine has', async () => {
    await walkthrough.press(1, 'Run Doctor');
    await expect.poll(async () => await window.editorText(), { timeout: minutes }).toContain('container engine');
    await window.picture(pictureFile('newcomer-doctor'));
    await walkthrough.isDone(1);
  });

  it('starts a cluster from the walkthrough, which is healthy', async () => {
    await walkthrough.press(2, 'Start Local Cluster');
    await local('runs').waitFor({ timeout: 8 * minutes });
    await window.status.filter({ hasText: 'no problem seen' }).waitFor({ timeout: 4 * minutes });
    await walkthrough.isDone(2);
    await window.picture(pictureFile('newcomer-cluster'));
  });

  it('loads an image, deploys what is broken, and sees it without a question', async () => {
    await window.command('Auto-DevOps: Load Image into the Local Cluster');
    await window.type(image);
    await window.page.locator('.statusbar', { hasText: 'is in every node' }).waitFor({ timeout: 3 * minutes });
    await breakShop(own.hand);
    await broken().waitFor({ timeout: 3 * minutes });
    await window.picture(pictureFile('newcomer-problem'));
  });

  it('asks Jamie, who names the cause', async () => {
    await walkthrough.press(3, 'Ask Jamie');
    await window.type('why is api failing?');
    const turn = (await window.webview('#question')).locator('.turn').last();
    await expect.poll(async () => await turn.getAttribute('aria-busy'), { timeout: 2 * minutes }).toBe('false');
    expect(await turn.innerText()).toContain('db:5433');
    await walkthrough.isDone(3);
    await window.picture(pictureFile('newcomer-answer'));
  });
});

describe('the manifest of what is broken', { timeout: 10 * minutes }, () => {
  it('is corrected by a quick fix at the very value', async () => {
    await window.openFile('api.yaml');
    await window.command('Problems: Focus on Problems View');
    const mark = editor.problem('5433').first();
    await mark.waitFor({ timeout: 2 * minutes });
    await mark.dblclick();
    await editor.quickFix('db:5432', 'newcomer-quick-fix');
    await expect.poll(async () => await window.editorText(), { timeout: 30_000 }).toContain('db:5432/shop');
    await window.page.keyboard.press('Control+S');
  });

  it('is compared with what lives', async () => {
    await pressLens('Diff with Live');
    await editor.difference();
    await window.picture(pictureFile('newcomer-difference'));
    await editor.back('api.yaml');
  });

  it('is applied after the server rehearsed it, and the symptom goes away', async () => {
    await pressLens('Apply');
    await window.dialog.waitFor({ timeout: 2 * minutes });
    await window.picture(pictureFile('newcomer-apply'));
    await window.press('Apply');
    await expect.poll(database, { timeout: 2 * minutes, interval: 1000 }).toContain('db:5432');
    // A change that is under way is not history yet: only one that was verified is.
    await window.row('Changes', 'History').waitFor({ timeout: 4 * minutes });
    await broken().waitFor({ state: 'detached', timeout: 3 * minutes });
    await window.picture(pictureFile('newcomer-applied'));
  });

  it('is taken back by Undo when two people have agreed, since it ends all pods that serve; the symptom comes back', async () => {
    await window.command('Auto-DevOps: Undo Last Change');
    await window.press('Undo');
    await window.row('Changes', 'Waiting for a yes').waitFor({ timeout: 2 * minutes });
    await window.picture(pictureFile('newcomer-undo-waits'));
    await agree();
    await expect.poll(database, { timeout: 2 * minutes, interval: 1000 }).toContain('db:5433');
    await broken().waitFor({ timeout: 3 * minutes });
    await window.picture(pictureFile('newcomer-undone'));
  });
});

describe('Scarlet', { timeout: 10 * minutes }, () => {
  it('proposes a repair from the walkthrough, for which a policy asks for two people; nothing is done where none is asked', async () => {
    let before = runningAgents(own.home);
    await window.command('Auto-DevOps: Edit Policy');
    await window.press('Make it');
    await expect.poll(async () => await window.editorText(), { timeout: minutes }).toContain('protected-namespaces');
    await startedAgain(before);
    writeFileSync(join(own.folder, 'policy.yaml'), JSON.stringify(policy));
    before = runningAgents(own.home);
    await window.command('Auto-DevOps: Restart Agent');
    await startedAgain(before);
    await walkthrough.press(4, 'Propose Fix');
    await window.type('shop/api');
    // Where there are several ways to mend it the person chooses.
    const way = window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'set-environment' });
    await way
      .or(window.dialog)
      .first()
      .waitFor({ timeout: 2 * minutes });
    if (await way.first().isVisible()) await window.type('set-environment');
    await window.dialog.waitFor({ timeout: 2 * minutes });
    expect(await window.dialog.innerText()).toContain(policy.rules[0]?.why);
    await window.picture(pictureFile('newcomer-two-people'));
    await window.press('Cancel');
    await walkthrough.isDone(4);
    expect(await database()).toContain('db:5433');
  });

  it('is stopped by the kill switch, and what was done is in an audit log that is whole', async () => {
    await walkthrough.press(5, 'Verify Audit');
    await window.notification('are as they were written').waitFor({ timeout: 2 * minutes });
    await window.picture(pictureFile('newcomer-audit'));
    await window.command('Notifications: Clear All Notifications');
    await walkthrough.press(5, 'Kill Switch');
    await window.status.filter({ hasText: 'kill switch on' }).waitFor({ timeout: minutes });
    await window.picture(pictureFile('newcomer-kill-switch'));
    await window.command('Auto-DevOps: Kill Switch');
    await window.page.locator('.quick-input-message', { hasText: 'Why may changes go on' }).waitFor();
    await window.type('It was a drill.');
    await window.row('Changes', 'The kill switch is on').waitFor({ state: 'detached', timeout: minutes });
    await walkthrough.isDone(5);
  });
});

/** Two people say yes to what waits, one after the other; the first alone is not enough. */
async function agree(): Promise<void> {
  const owner = agentAs(undefined);
  await owner.putPerson(
    { body: { id: 'owner', name: 'Owner', accounts: [`local:${userInfo().username}`], roles: ['admin'] } },
    { signal },
  );
  const { changes } = await owner.changes({ query: {} }, { signal });
  const waiting = changes.find(({ state }) => state === 'waiting');
  if (waiting === undefined) throw new Error('nothing waits');
  for (const called of ['Ann', 'Ben']) {
    expect(await database()).toContain('db:5432');
    const client = await person(called, owner);
    const { digest } = await owner.change({ params: { id: waiting.id } }, { signal });
    await client.approve({ params: { id: waiting.id }, body: { digest } }, { signal });
  }
}
