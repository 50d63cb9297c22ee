import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { localContext } from '../testing/fake-window.ts';
import type { FakeWindowChoice } from '../testing/fake-window.ts';
import { problemDiagnosis } from '../testing/sample-diagnosis.ts';
import { ChatHost } from './chat-host.ts';
import type { ToPage } from './protocol/to-page.ts';
import { conversation, scene } from './testing/chat-scene.ts';

describe('conversations', () => {
  it('are listed and searched for this folder alone', async () => {
    const other = { ...conversation, id: 'cnv-zzzzzz', workspace: '/elsewhere' };
    const { say, told, window } = await scene(
      {},
      {
        conversations: { conversations: [{ ...conversation, title: 'Monday' }] },
        searchConversations: {
          hits: [{ conversation: other }, { conversation: { ...conversation, title: 'Monday' } }],
        },
      },
    );
    await say({ type: 'history', words: '' });
    await say({ type: 'history', words: 'web' });
    expect(
      told.flatMap((one) => (one.type === 'history' ? [one.conversations.map(({ title }) => title)] : [])),
    ).toEqual([['Monday'], ['Monday']]);
    expect(window.agent.calls[0]).toEqual(['conversations', { query: { workspace: '/home/ann/shop', limit: 100 } }]);
  });

  it('are opened as they were, and go on', async () => {
    const { say, told, ask, window } = await scene();
    await say({ type: 'open', conversation: 'cnv-a1b2c3' });
    const shown = told.findLast((one) => one.type === 'conversation');
    expect(shown).toMatchObject({
      title: 'What is wrong',
      turns: [{ question: 'why is web failing?', time: '2026-01-07 11:00', how: 'done' }],
    });
    await ask('is it better now?');
    expect(window.agent.calls.map(([name]) => name)).not.toContain('beginConversation');
  });

  it('are found again when the window is opened again', async () => {
    const first = await scene();
    await first.ask('/diagnose');
    const again = new ChatHost({
      window: first.window.parts,
      run: async () => undefined,
      surroundings: {
        file: () => undefined,
        selection: () => undefined,
        terminal: async () => undefined,
        manifests: async () => [],
        filesWith: async () => [],
      },
    });
    onTestFinished(() => again.dispose());
    const told: ToPage[] = [];
    again.attach((message) => void told.push(message));
    await again.hear({ type: 'ready' });
    expect(told.findLast((one) => one.type === 'conversation')).toMatchObject({
      turns: [{ question: 'why is web failing?' }],
    });
  });

  it('are renamed, deleted and exported only as the person says', async () => {
    const { say, window, told } = await scene(
      { replies: [{ enter: 'Monday' }, { confirm: false }, { confirm: true }, { file: '/home/ann/jamie.md' }] },
      {
        renameConversation: { ...conversation, title: 'Monday' },
        removeConversation: {},
        exportConversation: { markdown: '# Monday\n' },
        conversations: { conversations: [] },
      },
    );
    await say({ type: 'rename', conversation: 'cnv-a1b2c3' });
    await say({ type: 'remove', conversation: 'cnv-a1b2c3' });
    expect(window.agent.calls.map(([name]) => name)).not.toContain('removeConversation');
    await say({ type: 'remove', conversation: 'cnv-a1b2c3' });
    await say({ type: 'export', conversation: 'cnv-a1b2c3' });
    expect(window.agent.calls.map(([name]) => name)).toEqual([
      'renameConversation',
      'conversations',
      'removeConversation',
      'conversations',
      'exportConversation',
    ]);
    expect(window.files.get('/home/ann/jamie.md')).toBe('# Monday\n');
    expect(told.filter(({ type }) => type === 'history')).toHaveLength(2);
  });

  it('stay with their cluster: of another one there is another', async () => {
    const { ask, window, told } = await scene({ contexts: [localContext, { ...localContext, name: 'kind-other' }] });
    await ask('why');
    await window.parts.clusters.choose('kind-other');
    expect(told.findLast((one) => one.type === 'conversation')).toEqual({ type: 'conversation', title: '', turns: [] });
    await ask('why');
    expect(window.agent.calls.filter(([name]) => name === 'beginConversation')).toHaveLength(2);
  });

  it('begin anew where the person wants that', async () => {
    const { ask, say, told, window } = await scene();
    await ask('why');
    await say({ type: 'begin' });
    expect(told.at(-1)).toEqual({ type: 'conversation', title: '', turns: [] });
    await ask('why');
    expect(window.agent.calls.filter(([name]) => name === 'beginConversation')).toHaveLength(2);
  });
});

describe('what a person is offered', () => {
  const suggestions = async (choice: FakeWindowChoice): Promise<readonly string[]> =>
    (await (await scene(choice)).welcome()).standing.suggestions.map(({ text: says }) => says);

  it('fits the state: no cluster, no trust, nothing known yet', async () => {
    expect(await suggestions({ contexts: [] })).toEqual([
      'Start Local Cluster',
      'Switch Context',
      'Diagnose Bundle',
      '/help',
    ]);
    expect(await suggestions({ trusted: false })).toEqual(['/help']);
    expect(await suggestions({})).toEqual(['/diagnose', '/changes', '/help']);
  });

  it('is how far it is while a local cluster is made, and not to make it', async () => {
    const { window, told } = await scene({ contexts: [] });
    window.parts.local.state.set({ kind: 'working', doing: 'Starting the local cluster', says: 'Making the nodes' });
    expect(told.at(-1)).toMatchObject({
      type: 'standing',
      standing: { says: [{ text: 'Starting the local cluster: Making the nodes' }], suggestions: [{ text: '/help' }] },
    });
  });

  it('fits what keeps it from the cluster', async () => {
    const { window, told } = await scene({ contexts: [] });
    const problem = new AutoDevOpsError(
      'kubeconfig.invalid',
      'It is no YAML.',
      remedy`Pass another one with ${{ do: 'choose-kubeconfig' }}.`,
    );
    window.parts.clusters.state.set({ contexts: [], chosen: undefined, locked: true, problem });
    expect(told.at(-1)).toMatchObject({
      standing: {
        says: [{ text: 'It is no YAML. Pass another one with the setting autodevops.cluster.kubeconfig.' }],
        suggestions: [{ text: 'Run Doctor' }, { text: 'Look Again' }, { text: '/help' }],
      },
    });
  });

  it('leads to a configuration that cannot be read, and goes on beside it', async () => {
    const { window, told } = await scene();
    const problem = new AutoDevOpsError('config.invalid', 'Line 2 is wrong.', 'Correct it.');
    window.parts.folderConfigs.state.set({ path: '/f', context: undefined, problem, mistakes: [] });
    expect(told.at(-1)).toMatchObject({
      standing: {
        cluster: 'kind-dev',
        says: [
          { text: expect.stringContaining('Ask what is wrong') as string },
          { text: ' Line 2 is wrong. Correct it. Until then the cluster is read-only in this window.' },
        ],
        suggestions: [
          { text: 'Open Local Config' },
          { text: 'Name Another Local Config' },
          { text: '/diagnose' },
          { text: '/changes' },
          { text: '/help' },
        ],
      },
    });
  });

  it('fits what is wrong', async () => {
    const { window, told } = await scene(
      {},
      { findings: [{ id: '1', event: { type: 'diagnosis', diagnosis: problemDiagnosis } }] as never },
    );
    window.parts.problems.follow();
    await vi.waitFor(() =>
      expect(told.at(-1)).toMatchObject({
        type: 'standing',
        standing: {
          suggestions: [
            { text: '/diagnose' },
            { text: '/why #Deployment/shop/web' },
            { text: '/fix #Deployment/shop/web' },
            { text: '/changes' },
          ],
        },
      }),
    );
  });

  it('without a cluster is help, which needs none', async () => {
    const { ask, window } = await scene({ contexts: [], trusted: false });
    const turn = await ask('/help');
    expect(turn).toMatchObject({
      how: 'done',
      parts: [{ id: 'headline' }, { id: 'commands' }, { id: 'marks' }, { id: 'examples' }],
    });
    expect(window.agent.calls).toEqual([]);
  });

  it('follows what is being written', async () => {
    const { say, told, window } = await scene(
      {},
      { findings: [{ id: '1', event: { type: 'diagnosis', diagnosis: problemDiagnosis } }] as never },
    );
    window.parts.problems.follow();
    await vi.waitFor(() => expect(window.parts.problems.state.value.kind).toBe('live'));
    await say({ type: 'complete', asked: 1, mark: '/', text: 'e' });
    await say({ type: 'complete', asked: 2, mark: '#', text: 'web' });
    const offered = told.flatMap((one) => (one.type === 'completions' ? [one.items.map(({ insert }) => insert)] : []));
    expect(offered[0]).toEqual(['/explain ']);
    expect(offered[1]).toEqual([
      '#Deployment/shop/web ',
      '#Pod/shop/web-7d-a ',
      '#log:Deployment/shop/web ',
      '#log:Pod/shop/web-7d-a ',
      '#file:deploy/web.yaml ',
    ]);
  });
});
