import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentClient } from '../../packages/agentd/src/client/agent-client.ts';
import { socketFetch } from '../../packages/agentd/src/client/socket-fetch.ts';
import { agentClientOf } from '../../packages/agentd/src/process/agent-client-of.ts';
import { startSampleCluster } from '../setup/sample-cluster.ts';
import type { SampleCluster } from '../setup/sample-cluster.ts';
import { writeContexts } from './context-file.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** Commands of the palette that no other file here calls, called by their titles and answered as a person would. */
const home = workbenchHome();
const folder = join(home, 'folder');
const kubeconfig = join(home, 'kubeconfig');
const socket = join(home, 'agent.sock');
const signal = AbortSignal.timeout(900_000);
let sample: SampleCluster;
let window: Workbench;
/** The person of the window, at a prompt of the same machine. */
let prompt: AgentClient;

async function command(title: string): Promise<void> {
  await window.command(`Auto-DevOps: ${title}`);
}

/** Takes what is offered. */
async function pick(text: string): Promise<void> {
  await window.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click({ timeout: 30_000 });
}

/** Answers the box that asks this; one that has just been answered may still stand there. */
async function enter(asked: string, text: string): Promise<void> {
  await window.page.locator('.quick-input-message', { hasText: asked }).waitFor({ timeout: 30_000 });
  await window.type(text);
}

/** The page that a command opens says this. */
async function shows(...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await expect.poll(async () => await window.editorText(), { timeout: 60_000 }).toContain(text);
  }
}

async function closeAll(): Promise<void> {
  await window.command('View: Close All Editors');
}

/** A change for the first cause that has such a proposal, asked for by this client. */
async function propose(client: AgentClient, action: string): Promise<string> {
  const { fixes } = await client.fixes({ body: {} }, { signal });
  const request = fixes.flatMap(({ proposals }) => proposals).find((one) => one.action === action);
  if (request === undefined) {
    throw new Error(
      `No cause proposes ${action}: ${fixes.flatMap(({ proposals }) => proposals.map((one) => one.action)).join(', ')}`,
    );
  }
  return (await client.propose({ body: { requests: [request], reason: `By ${action}.` } }, { signal })).id;
}

async function stateOf(id: string): Promise<string> {
  return (await prompt.change({ params: { id } }, { signal })).state;
}

beforeAll(async () => {
  const vsix = await packagedExtension();
  sample = await startSampleCluster();
  writeContexts(kubeconfig, { 'kind-shop': sample.url });
  mkdirSync(folder);
  cpSync(join(import.meta.dirname, 'shop', 'api.yaml'), join(folder, 'api.yaml'));
  writeFileSync(
    join(folder, 'local-config.yaml'),
    JSON.stringify({
      cluster: { type: 'context', context: 'kind-shop', kubeconfig },
      listen: { kind: 'socket', path: socket },
      agents: { scarlet: { autonomy_level: 'suggest' } },
    }),
  );
  window = await Workbench.open({
    vsix,
    home,
    folder,
    file: 'api.yaml',
    environment: { KUBECONFIG: kubeconfig },
    height: 1200,
  });
  await window.sidebar('Changes', 'Clusters', 'Incidents');
  await window.row('Problems of the Cluster', 'Critical').waitFor({ timeout: 120_000 });
  await window.shown('#question');
  prompt = agentClientOf({ fetch: socketFetch(socket), token: undefined });
});

afterAll(async () => {
  await window?.close();
  await sample?.close();
});

describe('what reads', () => {
  it('diagnoses a file that is open, the cluster, a namespace and an object', async () => {
    await window.page.locator('.tab[data-resource-name="api.yaml"]').click();
    await command('Diagnose File');
    await shows('Deployment shop/api', 'db:5433');
    await closeAll();
    await command('Diagnose Cluster');
    await shows('kind-shop, looked at', 'db:5433');
    await closeAll();
    await command('Diagnose Namespace');
    await pick('analytics');
    await shows('analytics/warehouse');
    await closeAll();
    await command('Diagnose Resource');
    await pick('Deployment shop/api');
    await shows('db:5433');
    await window.picture(pictureFile('diagnose-resource'));
    await closeAll();
  });

  it('tells what changed, who leans on whom and what a code means', async () => {
    await command('What Changed');
    await pick('In the last day');
    await shows('DATABASE_URL');
    await window.picture(pictureFile('what-changed'));
    await command('Show Graph');
    await pick('Deployment shop/api');
    await shows('shop/db');
    await window.picture(pictureFile('graph'));
    await command('Explain Finding');
    await pick('pod.dependency.wrong-port');
    await shows('pod.dependency.wrong-port');
    await window.picture(pictureFile('explained'));
    await closeAll();
  });

  it('asks Jamie, who answers in the sidebar', async () => {
    await command('Ask Jamie');
    await enter('why is web failing', 'why is deployment/api failing');
    const chat = await window.webview('.turn');
    await expect
      .poll(async () => await chat.locator('.turn').last().getAttribute('aria-busy'), { timeout: 90_000 })
      .toBe('false');
    expect(await chat.locator('.turn').last().innerText()).toContain('5433');
  });
});

describe('what concerns the window and its agent', () => {
  it('opens the configuration and the logs, and runs the doctor', async () => {
    await command('Open Local Config');
    await shows('autonomy_level');
    await command('Run Doctor');
    await shows('container engine', 'kubeconfig');
    await command('Show Logs of the Agent');
    await shows('"level"');
    await window.picture(pictureFile('agent-logs'));
    await closeAll();
  });

  it('restarts the agent, which answers again', async () => {
    await command('Restart Agent');
    await window.page.locator('.statusbar', { hasText: 'The agent runs.' }).waitFor({ timeout: 60_000 });
    expect((await prompt.cluster({}, { signal })).name).toBe('kind-shop');
  });

  it("makes the cluster read-only, and open again, which for one's own takes no name", async () => {
    await command('Make the Cluster Read-Only');
    await window.row('Clusters', 'kind-shop').filter({ hasText: 'read-only' }).waitFor({ timeout: 30_000 });
    await command('Allow Changes in This Session');
    await window.row('Clusters', 'kind-shop').filter({ hasText: 'changes allowed' }).waitFor({ timeout: 30_000 });
  });

  it('keeps a token and forgets it, hidden while it is typed', async () => {
    await command('Set Token of the Agent');
    await window.page.locator('.quick-input-widget input[type="password"]').waitFor({ timeout: 30_000 });
    await window.type('');
    await window.row('Problems of the Cluster', 'Critical').waitFor({ timeout: 60_000 });
  });

  it("gives a code by which an account in Slack becomes one's own", async () => {
    await command('Link an Account of Yours');
    // Of whom the agent knows no person there is nobody whose account it could be: that is said, with what to do.
    await window
      .notification('Nobody is linked to local:')
      .filter({ hasText: 'autodevops people add' })
      .waitFor({ timeout: 60_000 });
    await window.command('Notifications: Clear All Notifications');
    await prompt.putPerson(
      { body: { id: 'owner', name: 'Owner', accounts: [`local:${userInfo().username}`], roles: ['admin'] } },
      { signal },
    );
    await command('Link an Account of Yours');
    await window.notification('/autodevops link').waitFor({ timeout: 60_000 });
    await window.picture(pictureFile('link-code'));
    await prompt.removePerson({ params: { person: 'owner' } }, { signal });
    await window.command('Notifications: Clear All Notifications');
  });
});

describe('a change', () => {
  it('that the person asked for at a prompt interrupts nobody, is shown, and is rejected for a reason', async () => {
    const id = await propose(prompt, 'set-environment');
    await window.row('Changes', 'needs one yes').waitFor({ timeout: 60_000 });
    await command('Show Change');
    await pick('DATABASE_URL');
    await shows(id);
    await command('Show Difference');
    await pick('DATABASE_URL');
    await window.page.locator('.monaco-diff-editor').waitFor({ timeout: 30_000 });
    expect(await window.notification('asks for your yes').count()).toBe(0);
    await command('Reject Change');
    await pick('DATABASE_URL');
    await enter('Others will read it', 'Not today.');
    await expect.poll(async () => await stateOf(id), { timeout: 30_000 }).toBe('rejected');
  });

  it('is cancelled by who asked for it', async () => {
    const id = await propose(prompt, 'set-environment');
    await window.row('Changes', 'needs one yes').waitFor({ timeout: 60_000 });
    await command('Cancel Change');
    await pick('DATABASE_URL');
    await enter('Others will read it', 'It was a mistake.');
    await expect.poll(async () => await stateOf(id), { timeout: 30_000 }).toBe('cancelled');
  });

  it('that somebody else asked for interrupts the person whose yes it needs, and is done after it', async () => {
    await prompt.putPerson(
      { body: { id: 'ann', name: 'Ann', accounts: ['http:ann'], roles: ['operator'] } },
      { signal },
    );
    const { token } = await prompt.issueToken({ body: { account: 'http:ann', name: 'ann' } }, { signal });
    const id = await propose(agentClientOf({ fetch: socketFetch(socket), token }), 'set-environment');
    await window.notification('Ann asks for your yes').waitFor({ timeout: 60_000 });
    await window.picture(pictureFile('asks-for-your-yes'));
    await command('Approve Change');
    await pick('DATABASE_URL');
    await window.dialog.waitFor({ timeout: 30_000 });
    expect(await window.dialog.innerText()).toContain('Ann asks for it');
    await window.press('Approve');
    await expect.poll(async () => await stateOf(id), { timeout: 90_000, interval: 1000 }).toBe('succeeded');
    await window.command('Notifications: Clear All Notifications');
  });

  it('that waits is approved first by what applies it', async () => {
    const [action = ''] = (await prompt.fixes({ body: {} }, { signal })).fixes.flatMap(({ proposals }) =>
      proposals.map((one) => one.action),
    );
    const id = await propose(prompt, action);
    await window.row('Changes', 'needs one yes').waitFor({ timeout: 60_000 });
    await command('Apply Change');
    await window.page.locator('.quick-input-list .monaco-list-row').first().click({ timeout: 30_000 });
    await window.press('Approve');
    await expect.poll(async () => await stateOf(id), { timeout: 90_000, interval: 1000 }).not.toBe('waiting');
  });

  it('stands in the audit log, which is whole', async () => {
    await command('Show Audit');
    await shows('Ann');
    await window.picture(pictureFile('audit'));
    await command('Verify Audit');
    await window.notification('are as they were written').waitFor({ timeout: 90_000 });
    await window.picture(pictureFile('audit-verified'));
    await window.command('Notifications: Clear All Notifications');
    await closeAll();
  });
});

describe('the policy', () => {
  it('is made where there is none, after a yes, and checked', async () => {
    await command('Edit Policy');
    await window.press('Make it');
    await shows('protected-namespaces');
    await window.row('Problems of the Cluster', 'analytics').first().waitFor({ timeout: 120_000 });
    await command('Test Policy');
    await shows('Nothing in it looks unmeant.', 'There are no cases beside it');
    await window.picture(pictureFile('policy-tested'));
    await closeAll();
  });
});

describe('an incident', () => {
  const title = 'Customers cannot pay';
  const standing = (text: string) => window.row('Incidents', title).filter({ hasText: text });

  it('is opened in the words of those who notice it, seen, taken and told of', async () => {
    await command('Open Incident');
    await enter('in the words of those who notice it', title);
    await pick('sev2');
    await window.row('Incidents', title).waitFor({ timeout: 60_000 });
    await command('Acknowledge Incident');
    await pick(title);
    await command('Take Command of Incident');
    await pick(title);
    await command('Update Incident');
    await pick(title);
    await enter('Everybody who follows it reads this', 'We look at the database.');
    await pick('mitigating');
    await standing('mitigating').waitFor({ timeout: 60_000 });
    await window.picture(pictureFile('incident'));
    await command('Show Incident');
    await pick(title);
    await shows(title, 'We look at the database.');
    await window.picture(pictureFile('incident-shown'));
  });

  it('is silenced, resolved, and written up', async () => {
    await command('Silence Incident');
    await pick(title);
    await pick('30 min');
    await enter('Why has nobody to be told', 'We know.');
    await command('Resolve Incident');
    await pick(title);
    await enter('What ended it', 'The port was put right.');
    await standing('resolved').waitFor({ timeout: 60_000 });
    await command('Draft Post-Mortem');
    await pick(title);
    await shows(title, 'Taken up by', 'Resolved');
    await window.picture(pictureFile('post-mortem'));
  });
});
