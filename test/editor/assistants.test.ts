import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSampleCluster } from '../setup/sample-cluster.ts';
import type { SampleCluster } from '../setup/sample-cluster.ts';
import { proposeCommand, proposeTitle, vendor } from './another-assistant/names.ts';
import { writeContexts } from './context-file.ts';
import { packagedExtension } from './packaged-extension.ts';
import { pictureFile } from './pictures.ts';
import { packSmallExtension } from './small-extension.ts';
import { Workbench, workbenchHome } from './workbench.ts';

/** Jamie beside other assistants of the window: in the editor's own chat, as tools, and as a server of the Model Context Protocol. */
const home = workbenchHome();
let sample: SampleCluster;
let window: Workbench;

const response = () => window.page.locator('.interactive-item-container.interactive-response').last();

/** Asks in the editor's own chat. */
async function askInChat(question: string): Promise<void> {
  await window.command('Chat: Open Chat');
  await window.page.locator('.interactive-input-part .monaco-editor').first().click();
  await window.page.keyboard.type(question);
  await window.page.keyboard.press('Escape');
  await window.page.keyboard.press('Enter');
}

beforeAll(async () => {
  const assistant = await packSmallExtension(home, {
    name: vendor,
    displayName: 'Another Assistant',
    main: join(import.meta.dirname, 'another-assistant', 'main.ts'),
    contributes: {
      languageModelChatProviders: [{ vendor, displayName: 'Another Assistant' }],
      commands: [{ command: proposeCommand, title: proposeTitle }],
    },
  });
  const vsix = await packagedExtension();
  sample = await startSampleCluster();
  writeContexts(join(home, 'kubeconfig'), { 'kind-shop': sample.url });
  window = await Workbench.open({
    vsix,
    besides: [assistant],
    home,
    settings: { 'chat.disableAIFeatures': false, 'autodevops.mcp.enabled': true },
    environment: { KUBECONFIG: join(home, 'kubeconfig') },
  });
  await window.sidebar('Changes');
  await window.row('Problems of the Cluster', 'Critical').waitFor({ timeout: 120_000 });
});

afterAll(async () => {
  await window?.close();
  await sample?.close();
});

describe('another assistant of the window', () => {
  it('may diagnose, and propose after the yes of the person, who sees what it would be', async () => {
    await window.command(proposeTitle);
    await window.dialog.waitFor({ timeout: 120_000 });
    expect(await window.dialog.innerText()).toContain('Propose a change?');
    expect(await window.dialog.innerText()).toContain('set-environment: Deployment shop/api');
    await window.picture(pictureFile('assistant-proposes'));
    expect(await window.row('Changes', 'Waiting for a yes').count()).toBe(0);
    await window.press('Yes');
    await window.row('Changes', 'Waiting for a yes').waitFor({ timeout: 60_000 });
    expect(sample.effects).toEqual([]);
  });
});

describe("the editor's own chat", () => {
  it('has Jamie in it, who answers from the cluster', async () => {
    await askInChat('@jamie /diagnose');
    await response().filter({ hasText: 'db:5433' }).waitFor({ timeout: 120_000 });
    await window.picture(pictureFile('assistant-chat'));
  });
});

describe('the server of the Model Context Protocol', () => {
  it('is known to the editor, which starts it and learns what it can do', async () => {
    await window.command('MCP: List Servers');
    const server = window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Auto-DevOps' }).first();
    await server.waitFor({ timeout: 60_000 });
    await server.click();
    await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Start Server' }).first().click();
    await window.command('MCP: List Servers');
    await server.filter({ hasText: 'Running' }).waitFor({ timeout: 120_000 });
    await window.picture(pictureFile('assistant-mcp'));
    await window.page.keyboard.press('Escape');
  });
});
