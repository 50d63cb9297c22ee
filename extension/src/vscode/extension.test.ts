import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ExtensionContext } from 'vscode';
import { manifestParts } from '../contributions/manifest.ts';
import { firstContext } from '../contributions/context-keys.ts';
import { commandIds } from '../contributions/commands.ts';
import { languageModelTools } from '../contributions/language-model-tools.ts';
import { mcpProvider } from '../contributions/mcp.ts';
import { participant } from '../contributions/chat.ts';
import { views } from '../contributions/views.ts';
import { resetStandIn, standIn, Uri } from '../testing/vscode-stand-in.ts';
import { activate } from './extension.ts';

beforeEach(() => resetStandIn());

function activated(kubeconfig?: string): ExtensionContext {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-window-'));
  vi.stubEnv('KUBECONFIG', join(folder, 'config'));
  if (kubeconfig !== undefined) writeFileSync(join(folder, 'config'), kubeconfig);
  const kept = new Map<string, unknown>();
  const context = {
    subscriptions: [],
    extensionUri: Uri.file(folder),
    globalStorageUri: Uri.file(folder),
    extension: { packageJSON: { ...manifestParts().manifest, version: '0.1.0' } },
    workspaceState: {
      get: (name: string) => kept.get(name),
      update: async (name: string, value: unknown) => void kept.set(name, value),
    },
    secrets: { get: async () => undefined, store: async () => undefined, delete: async () => undefined },
  } as unknown as ExtensionContext;
  activate(context);
  onTestFinished(() => {
    for (const one of context.subscriptions) one.dispose();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  return context;
}

const production =
  'current-context: prod\ncontexts:\n- name: prod\n  context: {cluster: far, user: ann}\nclusters:\n- name: far\n  cluster: {server: "https://10.0.0.7:6443"}\nusers:\n- name: ann\n  user: {token: of-ann}\n';

async function shownItem(): Promise<(typeof standIn.items)[number]> {
  const item = standIn.items[0];
  await vi.waitFor(() => expect(item?.visible).toBe(true));
  if (item === undefined) throw new Error('there is no item');
  return item;
}

describe('activating', () => {
  it('brings to life everything that the manifest promises', () => {
    activated();
    expect([...standIn.commands.keys()].toSorted()).toEqual([...commandIds].toSorted());
    expect(standIn.views.map(({ id }) => id).toSorted()).toEqual(
      Object.entries(views)
        .filter(([, { kind }]) => kind === 'tree')
        .map(([id]) => id)
        .toSorted(),
    );
    expect([...standIn.webviews.keys()]).toEqual(
      Object.entries(views)
        .filter(([, { kind }]) => kind === 'webview')
        .map(([id]) => id),
    );
    expect([...standIn.tools.keys()]).toEqual(Object.keys(languageModelTools));
    expect([...standIn.participants.keys()]).toEqual([participant.id]);
    expect([...standIn.mcp.keys()]).toEqual([mcpProvider]);
    expect(Object.fromEntries(standIn.context)).toEqual(firstContext);
  });

  it('asks nothing of the cluster: it reads the kubeconfig and says which one is chosen', async () => {
    activated(production);
    expect(await shownItem()).toMatchObject({
      text: '$(lock) prod',
      accessibilityInformation: { label: 'Auto-DevOps: prod, read-only' },
    });
    expect(Object.fromEntries(standIn.context)).toMatchObject({
      'autodevops.cluster': 'remote',
      'autodevops.locked': true,
      'autodevops.agent': 'none',
    });
  });

  it('starts nothing in a folder that is not trusted', async () => {
    standIn.trusted = false;
    activated(production);
    await shownItem();
    await standIn.commands.get('autodevops.diagnose.cluster')?.();
    expect(standIn.asked.at(-1)).toMatchObject({
      kind: 'error',
      text: expect.stringContaining('This folder is not trusted') as string,
    });
    expect(standIn.context.get('autodevops.agent')).toBe('none');
  });

  it('tells what a command throws, and does not throw it further', async () => {
    activated(production);
    await shownItem();
    await standIn.commands.get('autodevops.approve')?.({ subject: { type: 'change', id: 'chg-a1b2c3' } } as never);
    expect(standIn.asked.at(-1)).toMatchObject({
      kind: 'error',
      text: expect.stringContaining('"prod" is read-only') as string,
    });
    expect(standIn.logged.at(-1)).toContain('change.not-allowed');
  });
});

describe('a failure whose remedy names a command of the palette', () => {
  it('has it as a button beside it', async () => {
    activated(production.replace('current-context: prod\n', ''));
    await vi.waitFor(() => expect(standIn.items[0]?.visible).toBe(true));
    await standIn.commands.get('autodevops.diagnose.cluster')?.();
    expect(standIn.asked.at(-1)).toMatchObject({
      kind: 'error',
      text: expect.stringContaining('Choose one: Auto-DevOps: Switch Context.') as string,
      items: ['Auto-DevOps: Switch Context'],
    });
  });
});

describe('a configuration of the folder that cannot be read', () => {
  const file = (): string => join(standIn.folders[0]?.uri.path ?? '', 'local-config.yaml');
  const seen = async (): Promise<void> => {
    activated(production);
    // What reads configurations is loaded for the first one.
    await vi.waitFor(() => expect(standIn.diagnostics.has(file())).toBe(true), { timeout: 20_000 });
  };

  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), 'autodevops-folder-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    standIn.folders.push({ uri: Uri.file(folder) });
    writeFileSync(file(), 'mode: local\nserver: {port: 8080}\n');
  });

  it('is marked at its line, and no more once it is mended', async () => {
    await seen();
    expect(standIn.diagnostics.get(file())).toMatchObject([
      { range: { start: { line: 1 } }, message: expect.stringContaining('"server" is no setting') as string },
    ]);
    writeFileSync(file(), 'mode: local\n');
    standIn.watchers.get(file())?.change.fire();
    await vi.waitFor(() => expect(standIn.diagnostics.has(file())).toBe(false));
  });

  it('is looked for at the place that the setting names from then on', async () => {
    await seen();
    standIn.settings['autodevops.local.config'] = 'cluster.yaml';
    standIn.configured.fire({ affectsConfiguration: () => true });
    await vi.waitFor(() => expect(standIn.diagnostics.has(file())).toBe(false));
    await vi.waitFor(() => expect(standIn.watchers.has(join(file(), '..', 'cluster.yaml'))).toBe(true));
    expect(standIn.watchers.has(file())).toBe(false);
  });

  it('is opened there by the button of what it keeps from being done', async () => {
    await seen();
    standIn.replies.push('Open Local Config');
    await standIn.commands.get('autodevops.policy.edit')?.();
    expect(standIn.asked.at(-1)).toMatchObject({
      kind: 'error',
      text: expect.stringContaining(
        'Nothing is changed while the configuration of the folder cannot be read',
      ) as string,
      items: ['Open Local Config', 'Name Another Local Config'],
    });
    expect(standIn.shown.at(-1)).toMatchObject({
      uri: { path: file() },
      options: { selection: { anchor: { line: 1 } } },
    });
  });
});

describe('the MCP server', () => {
  const offered = (): readonly unknown[] =>
    standIn.mcp.get(mcpProvider)?.provideMcpServerDefinitions() as readonly unknown[];

  it('is offered only where the setting says so, and is the program beside the extension', async () => {
    const { extensionUri } = activated(production);
    await shownItem();
    expect(offered()).toEqual([]);
    standIn.settings['autodevops.mcp.enabled'] = true;
    expect(offered()).toMatchObject([
      {
        given: [
          'Auto-DevOps',
          process.execPath,
          [join(extensionUri.fsPath, 'dist', 'program', 'bin', 'autodevops.mjs'), 'mcp', '--context=prod'],
          {},
          '0.1.0',
        ],
      },
    ]);
    standIn.trusted = false;
    expect(offered()).toEqual([]);
  });
});
