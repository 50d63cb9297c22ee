import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { fakeWindow, localContext } from '../testing/fake-window.ts';
import { changeLine, sampleChange } from '../testing/sample-change.ts';
import { incidentLine } from '../testing/sample-incident.ts';
import { hostileCause, imageCause, problemDiagnosis } from '../testing/sample-diagnosis.ts';
import { markdownText } from '@autodevops/domain/markdown-text';
import { MarkdownString, resetStandIn, standIn } from '../testing/vscode-stand-in.ts';
import type { TreeNode } from '../tree/node.ts';
import { registerChat } from './chat-participant.ts';
import { registerTools } from './language-model-tools.ts';
import { registerStatusBar } from './status-bar.ts';
import { treeItem } from './tree-view.ts';
import { registerViews } from './views.ts';

beforeEach(() => resetStandIn());

const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
const killSwitch = { on: false, by: '', why: '', since: '' };
const agent = {
  findings: [{ id: '1', event: { type: 'diagnosis' as const, diagnosis: problemDiagnosis } }],
  changes: { changes: [changeLine('waiting')] },
  killSwitch,
  cluster: { name: 'kind-dev', mode: 'local' as const },
  events: [],
};

function view(id: string): (typeof standIn.views)[number] {
  const found = standIn.views.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no view ${id}`);
  return found;
}

async function roots(id: string): Promise<readonly TreeNode[]> {
  return (await view(id).provider.getChildren()) as readonly TreeNode[];
}

function see(id: string): void {
  view(id).visible = true;
  view(id).visibility.fire({ visible: true });
}

describe('a tree', () => {
  it('leaves the room to the welcome text where the cluster is gone', async () => {
    const { parts } = await fakeWindow({ agent });
    const shown = registerViews(parts, () => undefined);
    const error = new AutoDevOpsError('kubeconfig.no-context', 'There is no cluster to speak to.', 'Start one.');
    parts.problems.state.set({ kind: 'failed', error });
    parts.changes.state.set({ kind: 'failed', error });
    await vi.waitFor(() => expect(view('autodevops.changes').message).toContain('no cluster to speak to'));
    await vi.waitFor(() => expect(view('autodevops.problems').message).toContain('no cluster to speak to'));
    parts.clusters.state.set({ contexts: [], chosen: undefined, locked: true, problem: undefined });
    await vi.waitFor(() => expect(view('autodevops.changes').message).toBe(''));
    await vi.waitFor(() => expect(view('autodevops.problems').message).toBe(''));
    shown.forEach((one) => one.dispose());
  });

  it('of clusters says in a line what of the configuration cannot be read, and that nothing may be changed', async () => {
    const { parts } = await fakeWindow({ agent });
    const shown = registerViews(parts, () => undefined);
    const problem = new AutoDevOpsError('config.invalid', 'a.yaml:2: wrong\na.yaml:3: wrong, too', 'Correct it.');
    parts.folderConfigs.state.set({ path: '/f', context: undefined, problem, mistakes: [] });
    await vi.waitFor(() => expect(view('autodevops.clusters').message).toBe('a.yaml:2: wrong'));
    expect((await roots('autodevops.clusters'))[0]?.description).toContain('read-only');
    parts.folderConfigs.state.set(undefined);
    await vi.waitFor(() => expect(view('autodevops.clusters').message).toBe(''));
    shown.forEach((one) => one.dispose());
  });

  it('speaks to no cluster before it is seen, and shows what there is then', async () => {
    const { parts, processes } = await fakeWindow({ agent });
    const shown = registerViews(parts, () => undefined);
    expect(processes).toEqual([]);
    see('autodevops.problems');
    await vi.waitFor(() =>
      expect(view('autodevops.problems').badge).toEqual({ value: 2, tooltip: '2 problems of the cluster' }),
    );
    expect(view('autodevops.problems').message).toBe(`${problemDiagnosis.summary} Not seen: Secrets`);
    expect((await roots('autodevops.problems')).map(({ label }) => label)).toEqual([
      'Critical',
      'Warnings',
      'Information',
      'Suppressed',
      'Not seen',
    ]);
    see('autodevops.changes');
    await vi.waitFor(() =>
      expect(view('autodevops.changes').badge).toEqual({ value: 1, tooltip: '1 change waits for a yes' }),
    );
    parts.problems.stop();
    parts.changes.stop();
    for (const one of shown) one.dispose();
  });

  it.each([
    ['it is not trusted', { trusted: false }],
    ['clusters are off', { settings: { 'cluster.access': 'off' } }],
    ['there is none', { contexts: [] }],
  ])('speaks to no cluster where %s', async (_name, choice) => {
    const { parts, processes } = await fakeWindow({ agent, ...choice });
    registerViews(parts, () => undefined);
    see('autodevops.problems');
    see('autodevops.changes');
    expect([parts.problems.followed, parts.changes.followed]).toEqual([false, false]);
    expect(processes).toEqual([]);
  });

  it('says nothing of incidents before it is seen, and tells those that go on from those that are over then', async () => {
    const { parts } = await fakeWindow({
      agent: { ...agent, incidents: { incidents: [incidentLine('open'), incidentLine('resolved')] } },
    });
    registerViews(parts, () => undefined);
    expect(await roots('autodevops.incidents')).toEqual([]);
    see('autodevops.incidents');
    await vi.waitFor(() =>
      expect(view('autodevops.incidents').badge).toEqual({ value: 1, tooltip: '1 incident goes on' }),
    );
    expect((await roots('autodevops.incidents')).map(({ label }) => label)).toEqual(['Ongoing', 'Over']);
    parts.incidents.stop();
  });
});

describe('an item', () => {
  const node: TreeNode = {
    id: 'a',
    label: 'web [x](command:y)',
    description: '$(error)',
    tooltip: ['one', 'two'],
    icon: 'error',
    tint: 'error',
    kinds: ['cause', 'fixable'],
    opens: 'autodevops.showCause',
    spoken: 'critical: web',
    expanded: true,
    children: () => [],
  };

  it('is what the node says, as plain text', () => {
    const item = treeItem(node);
    expect(item).toMatchObject({
      id: 'a',
      label: 'web [x]\u200B(command:y)',
      description: '$\u200B(error)',
      tooltip: 'one\ntwo',
      contextValue: 'cause fixable',
      collapsibleState: 2,
      accessibilityInformation: { label: 'critical: web' },
      command: { command: 'autodevops.showCause', arguments: [node] },
      iconPath: { id: 'error', color: { id: 'list.errorForeground' } },
    });
    expect(Object.values(item).some((value) => value instanceof MarkdownString)).toBe(false);
  });

  it('opens nothing and holds nothing where the node does not', () => {
    expect(treeItem({ id: 'b', label: 'b', icon: 'info', kinds: [] })).toEqual({
      id: 'b',
      label: 'b',
      collapsibleState: 0,
      iconPath: { id: 'info', color: undefined },
    });
  });
});

it('a name from a kubeconfig is no icon in the status bar', async () => {
  const { parts } = await fakeWindow({ contexts: [{ ...localContext, name: 'kind-$(error)' }] });
  registerStatusBar(parts);
  expect(standIn.items[0]?.text).not.toContain('$(error)');
  expect(standIn.items[0]).toMatchObject({
    visible: true,
    command: 'autodevops.cluster.switch',
    tooltip: expect.stringContaining('Cluster kind-$(error)') as string,
  });
});

describe('the native chat', () => {
  it('shows text of the cluster as text, and offers buttons for what may be done', async () => {
    const { parts } = await fakeWindow({ agent: { diagnose: problemDiagnosis } });
    registerChat(parts, { extensionUri: { scheme: 'file', path: '/x' } as never });
    const told: unknown[] = [];
    const stream = {
      progress: (text: string) => void told.push(text),
      button: (one: unknown) => void told.push(one),
      markdown: (one: MarkdownString) => void told.push(one.value),
    };
    await standIn.participants.get('autodevops.jamie')?.(
      ...([{ prompt: '', command: 'diagnose' }, {}, stream, token] as never[]),
    );
    expect(told[0]).toBe('Reading the cluster …');
    expect(told[1]).toContain(markdownText(hostileCause.cause));
    expect(told[1]).not.toMatch(/(?<!\\)[[\]`]/);
    expect(told[2]).toMatchObject({
      command: 'autodevops.proposeFix',
      title: 'Propose Fix: Deployment shop/web',
      arguments: [{ type: 'cause', code: imageCause.code }],
    });
  });
});

describe('a tool of another assistant', () => {
  const invoke = async (name: string, input: unknown): Promise<unknown> =>
    await standIn.tools.get(name)?.invoke(...([{ input }, token] as never[]));

  it('asks the person before it proposes, showing what the model made up', async () => {
    registerTools((await fakeWindow()).parts);
    const prepared = async (name: string, input: unknown): Promise<unknown> =>
      await standIn.tools.get(name)?.prepareInvocation(...([{ input }, token] as never[]));
    expect(await prepared('autodevops_propose', { requests: ['x'] })).toMatchObject({
      confirmationMessages: {
        title: 'Propose a change?',
        message: { value: expect.stringMatching(/```\n[^`]*"requests"/) as string },
      },
    });
    expect(await prepared('autodevops_diagnose', {})).not.toHaveProperty('confirmationMessages');
  });

  it('answers in JSON', async () => {
    registerTools((await fakeWindow({ agent: { propose: sampleChange(), diagnose: problemDiagnosis } })).parts);
    expect(await invoke('autodevops_diagnose', {})).toMatchObject({
      content: [{ value: expect.stringContaining('"verdict":"problem"') as string }],
    });
    await expect(invoke('autodevops_propose', { requests: [] })).rejects.toThrow('The input is not valid');
  });
});
