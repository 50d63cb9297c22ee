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
