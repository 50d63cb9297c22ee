import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentClient } from '../../packages/agentd/src/client/agent-client.ts';
import { socketFetch } from '../../packages/agentd/src/client/socket-fetch.ts';
import { agentClientOf } from '../../packages/agentd/src/process/agent-client-of.ts';
import { builtCommand } from '../faults/built-command.ts';
import { commandLine } from '../scenarios/walks/command-line.ts';
import { writeContexts } from './context-file.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { startSampleCluster } from '../setup/sample-cluster.ts';
import type { SampleCluster } from '../setup/sample-cluster.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** Who may change what, as a person at the editor meets it. */
const home = workbenchHome();
const folder = join(home, 'folder');
const kubeconfig = join(home, 'kubeconfig');
const socket = join(home, 'agent.sock');
const signal = AbortSignal.timeout(900_000);
const policy = {
  version: 1,
  rules: [{ id: 'two-people', why: 'What customers use is changed by two people.', decision: 'two' }],
};
let sample: SampleCluster;
let command: ReturnType<typeof builtCommand>;
let run: ReturnType<typeof commandLine>;
let window: Workbench;

/** What somebody else does at a terminal, at the same agent. */
async function elsewhere<T>(args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await run([...args, '--config', join(folder, 'local-config.yaml'), '-o', 'json']);
  expect([0, 2], `autodevops ${args.join(' ')}\n${stderr}`).toContain(code);
  return JSON.parse(stdout) as T;
}

/** Another person at the same agent. Whoever opens its socket is its user, unless he shows who he is. */
async function person(name: string): Promise<AgentClient> {
  const account = `http:${name.toLowerCase()}`;
  await elsewhere(['people', 'add', name, '--account', account, '--role', 'approver']);
  return agentClientOf({
    fetch: socketFetch(socket),
    token: (await elsewhere<{ token: string }>(['people', 'token', account])).token,
  });
}

interface Listed {
  readonly id: string;
  readonly digest: string;
  readonly state: string;
}

beforeAll(async () => {
  const vsix = await packagedExtension();
  command = builtCommand();
  run = commandLine(command.path, home);
  sample = await startSampleCluster();
  writeContexts(kubeconfig, { 'kind-shop': sample.url, production: sample.url });
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'local-config.yaml'),
    JSON.stringify({
      cluster: { type: 'context', context: 'kind-shop', kubeconfig },
      listen: { kind: 'socket', path: socket },
      agents: { scarlet: { policy: 'policy.yaml' } },
    }),
  );
  writeFileSync(join(folder, 'policy.yaml'), JSON.stringify(policy));
  window = await Workbench.open({ vsix, home, folder, environment: { KUBECONFIG: kubeconfig } });
  await window.sidebar('Changes', 'Clusters');
  await window.row('Problems of the Cluster', 'Critical').waitFor({ timeout: 120_000 });
});

afterAll(async () => {
  await window?.close();
  await sample?.close();
  command?.remove();
});

describe('a change that two people have to agree to', () => {
  let id = '';

  it('is proposed from the window, which can ask for approval and no more', async () => {
    await window.command('Auto-DevOps: Propose Fix');
    await window.type('Deployment shop/api');
    // There are two ways to mend it, and the person chooses.
    await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'set-environment' }).waitFor();
    await window.type('set-environment');
    await window.dialog.waitFor({ timeout: 60_000 });
    expect(await window.dialog.innerText()).toContain('What customers use is changed by two people');
    expect(await window.dialog.locator('.monaco-button', { hasText: /^Apply$/ }).count()).toBe(0);
    await window.picture(pictureFile('two-people'));
    await window.press('Ask for Approval');
    await window.row('Changes', 'needs two yeses').waitFor({ timeout: 60_000 });
    await window.status.filter({ hasText: '1 waits for a yes' }).waitFor();
    await window.picture(pictureFile('waiting'));
  });

  it('still waits after the first of them, and is done after the second', async () => {
    const [ann, ben] = [await person('Ann'), await person('Ben')];
    const { changes } = await elsewhere<{ changes: readonly Listed[] }>(['change', 'list']);
    const [waiting] = changes.filter(({ state }) => state === 'waiting');
    id = waiting?.id ?? '';
    const { digest } = await elsewhere<Listed>(['change', 'show', id]);
    expect((await ann.approve({ params: { id }, body: { digest } }, { signal })).state).toBe('waiting');
    await window.row('Changes', 'needs two yeses').waitFor();
    await ben.approve({ params: { id }, body: { digest } }, { signal });
    await window.row('Changes', 'needs two yeses').waitFor({ state: 'detached', timeout: 60_000 });
    await expect
      .poll(async () => (await elsewhere<Listed>(['change', 'show', id])).state, { timeout: 60_000, interval: 1000 })
      .toBe('succeeded');
    await window.row('Problems of the Cluster', 'shop/api').waitFor({ state: 'detached', timeout: 60_000 });
    await window.picture(pictureFile('agreed-elsewhere'));
  });
});

describe('the kill switch', () => {
  it('is on after one command, which the view and the status bar say', async () => {
    await window.command('Auto-DevOps: Kill Switch');
    await window.row('Changes', 'The kill switch is on: nothing is changed').waitFor({ timeout: 30_000 });
    await window.status.filter({ hasText: 'kill switch on' }).waitFor();
    await window.picture(pictureFile('kill-switch'));
  });

  it('is off again for a reason, not for none', async () => {
    await window.command('Auto-DevOps: Kill Switch');
    await window.type('');
    await window.page.locator('.quick-input-message', { hasText: 'A reason is needed' }).waitFor();
    await window.type('It was a drill.');
    await window.row('Changes', 'The kill switch is on').waitFor({ state: 'detached', timeout: 30_000 });
  });
});

describe('a cluster that is not local', () => {
  it('is read-only: problems are seen, and no command that changes something is there', async () => {
    await window.command('Auto-DevOps: Switch Context');
    await window.type('production');
    await window.row('Clusters', 'production').filter({ hasText: 'read-only' }).waitFor({ timeout: 30_000 });
    await window.row('Problems of the Cluster', 'Critical').waitFor({ timeout: 120_000 });
    // The one is there while the other is not: the list has been made.
    await window.palette('Auto-DevOps: Explain Finding');
    await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Explain Finding' }).waitFor();
    await window.page.keyboard.press('Escape');
    await window.palette('Auto-DevOps: Propose Fix');
    await window.page.waitForTimeout(2000);
    expect(await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Propose Fix' }).count()).toBe(0);
    await window.page.keyboard.press('Escape');
    await window.picture(pictureFile('read-only'));
  });

  it('is changed from this window only after its name was typed', async () => {
    await window.command('Auto-DevOps: Allow Changes in This Session');
    await window.type('kind-shop');
    await window.page.locator('.quick-input-message', { hasText: 'That is not its name' }).waitFor();
    await window.type('production');
    await window.row('Clusters', 'production').filter({ hasText: 'changes allowed' }).waitFor({ timeout: 30_000 });
    await window.picture(pictureFile('unlocked'));
  });
});
