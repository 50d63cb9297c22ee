import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Answer } from '@autodevops/domain/answer';
import type { Conversation, Turn } from '@autodevops/domain/conversation';
import { changeLine, decisionOf, sampleChange, samplePlan } from '../testing/sample-change.ts';
import { fakeWindow, localContext, remoteContext } from '../testing/fake-window.ts';
import type { FakeWindow, FakeWindowChoice } from '../testing/fake-window.ts';
import { healthyDiagnosis, imageCause, manyCauses, problemDiagnosis } from '../testing/sample-diagnosis.ts';
import type { Stubs } from '../testing/stub-agent.ts';
import { ChatHost } from './chat-host.ts';
import type { Part, PartKind } from './protocol/part.ts';
import type { Span } from './protocol/span.ts';
import type { ToHost } from './protocol/to-host.ts';
import { ToPage } from './protocol/to-page.ts';
import type { TurnView } from './protocol/turn-view.ts';

const conversation: Conversation = { id: 'cnv-a1b2c3', workspace: '/home/ann/shop', title: '', begunAt: '2026-01-07T12:00:00Z', updatedAt: '2026-01-07T12:00:00Z', turns: 1 };
const remembered: Turn = { number: 1, time: '2026-01-07T11:00:00Z', question: 'why is web failing?', understood: '', namespace: '', intent: 'why-failing', outcome: 'answered', headline: 'Deployment shop/web asks for an image that is not there.', lines: [], objects: [], causes: [{ code: 'pod.image.not-found', title: 'Image not found', object: imageCause.object, cause: 'It does not exist.' }], digest: 'x' };

function answer(given: Partial<Answer> = {}): Answer {
  return { schemaVersion: 1, question: 'q', intent: 'i', outcome: 'answered', headline: 'It is so.', lines: [], causes: [], objects: [], suggestions: [], blindSpots: [], ...given };
}

const request = { action: 'rollout-undo', target: { ...imageCause.object, uid: 'u1' }, params: { toRevision: 6 } };
const changed = answer({ table: { columns: ['when', 'object', 'what'], rows: [['4 minutes ago', 'Deployment shop/web', 'revision 7']] } });

/** An agent that knows one problem, which an action of the catalogue would help. */
const stubs = {
  beginConversation: conversation,
  conversation: { conversation: { ...conversation, title: 'What is wrong' }, turns: [remembered] },
  ask: (given) => (String(given.body?.['question']).startsWith('what changed') ? changed : answer()),
  diagnosis: [{ id: '1', event: { type: 'progress', step: 'Listing pods', done: 1, total: 4 } }, { id: '2', event: { type: 'first', diagnosis: problemDiagnosis } }, { id: '3', event: { type: 'final', diagnosis: problemDiagnosis } }] as never,
  diagnose: problemDiagnosis,
  fixes: { diagnosis: problemDiagnosis, fixes: [{ cause: imageCause, proposals: [request], open: [], manual: [] }] },
  explainDecision: { plan: samplePlan, decision: decisionOf('one'), rules: [] },
  cluster: { name: 'dev', mode: 'local' },
  propose: sampleChange(), approve: sampleChange({ state: 'approved', says: 'Approved.' }),
  watchChange: [{ id: '1', event: sampleChange({ state: 'executing', says: 'Returning it.' }) }, { id: '2', event: sampleChange({ state: 'succeeded', says: 'The finding is gone.' }) }] as never,
  change: sampleChange({ state: 'succeeded', says: 'The finding is gone.' }),
  changes: { changes: [changeLine('waiting')] }, killSwitch: { on: false, by: '', why: '', since: '' }, events: [],
} satisfies Stubs;

interface Scene {
  readonly host: ChatHost;
  readonly window: FakeWindow;
  readonly told: ToPage[];
  readonly ran: unknown[][];
  readonly say: (message: ToHost) => Promise<void>;
  readonly ask: (text: string) => Promise<TurnView>;
  /** The turns as a page that heard everything shows them. */
  readonly welcome: () => Promise<Extract<ToPage, { type: 'welcome' }>>;
}

const manifest = { path: 'deploy/web.yaml', text: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 1\n' };

async function scene(choice: FakeWindowChoice = {}, more: Stubs = {}): Promise<Scene> {
  const window = await fakeWindow({ ...choice, agent: { ...stubs, ...more } });
  const ran: unknown[][] = [];
  const told: ToPage[] = [];
  const host = new ChatHost({
    window: window.parts, run: async (...args) => void ran.push(args),
    surroundings: { file: () => ({ name: 'web.yaml', text: 'kind: Deployment\nmetadata: {name: web, namespace: shop}\n', path: '/home/ann/shop/web.yaml', line: 1 }), selection: () => undefined, terminal: async () => undefined, manifests: async () => ['deploy/web.yaml'], filesWith: async () => [manifest] },
  });
  // Whatever is told has to be of the protocol, whatever the cluster holds.
  host.attach((message) => void told.push(ToPage.parse(message)));
  onTestFinished(() => {
    host.dispose();
    window.parts.changes.stop();
    window.parts.problems.stop();
  });
  const say = async (message: ToHost): Promise<void> => { await host.hear(message); };
  const welcome: Scene['welcome'] = async () => {
    await say({ type: 'ready' });
    const found = told.findLast((one) => one.type === 'welcome');
    if (found === undefined) throw new Error('nobody was welcomed');
    return found;
  };
  const ask: Scene['ask'] = async (text) => {
    await say({ type: 'ask', text });
    const turn = (await welcome()).turns.at(-1);
    if (turn === undefined) throw new Error('there is no turn');
    return turn;
  };
  return { host, window, told, ran, say, ask, welcome };
}

function part<K extends PartKind>(turn: TurnView, kind: K, id?: string): Extract<Part, { readonly kind: K }> {
  const found = turn.parts.find((one): one is Extract<Part, { readonly kind: K }> => one.kind === kind && (id === undefined || one.id === id));
  if (found === undefined) throw new Error(`there is no ${kind} among ${turn.parts.map((one) => `${one.kind} ${one.id}`).join(', ')}`);
  return found;
}

function text(lines: readonly (readonly Span[])[]): string {
  return lines.map((line) => line.map((span) => span.text).join('')).join('\n');
}

function linkNamed(turn: TurnView, name: string): string {
  const found = new RegExp(`"text":"${name}","link":"(l-\\d+)"`).exec(JSON.stringify(turn))?.[1];
  if (found === undefined) throw new Error(`there is no link "${name}"`);
  return found;
}

describe('/diagnose', () => {
  it('shows findings first, then evidence, what changed, and what would help', async () => {
    const { ask, told } = await scene();
    const turn = await ask('/diagnose');
    expect(turn.how).toBe('done');
    expect(turn.parts.map(({ id }) => id)).toEqual(['headline', 'causes', 'blind', 'information', 'observed', 'timeline', 'users', 'needs', 'fix-1'].filter((id) => id !== 'users' && id !== 'needs'));
    const stages = told.flatMap((one) => (one.type === 'part' && one.part.kind === 'causes' ? [one.part.causes[0]?.evidence.length] : []));
    expect(stages).toEqual([0, 1]);
    expect(text(part(turn, 'facts', 'timeline').lines)).toBe('4 minutes ago · Deployment shop/web · revision 7');
    expect(told.some((one) => one.type === 'part' && one.part.kind === 'progress' && one.part.text === 'Listing pods')).toBe(true);
  });

  it('shows at once what is known already', async () => {
    const { ask, told, window } = await scene({}, { findings: [{ id: '1', event: { type: 'diagnosis', diagnosis: healthyDiagnosis } }] as never });
    window.parts.problems.follow();
    await vi.waitFor(() => expect(window.parts.problems.state.value.kind).toBe('live'));
    window.agent.calls.length = 0;
    await ask('/diagnose');
    const [first] = told.flatMap((one) => (one.type === 'part' && one.part.kind === 'says' ? [text(one.part.lines)] : []));
    expect(first).toBe('Nothing is wrong among 31 pods.');
  });

  it('of 5,000 causes shows a page, and another when it is asked for', async () => {
    const { ask, say, welcome, told } = await scene({}, { diagnosis: [{ id: '1', event: { type: 'final', diagnosis: manyCauses(5000) } }] as never, fixes: { diagnosis: problemDiagnosis, fixes: [] } });
    const turn = await ask('/diagnose');
    expect(part(turn, 'causes')).toMatchObject({ left: 4975, causes: { length: 25 } });
    expect(Math.max(...told.map((one) => JSON.stringify(one).length))).toBeLessThan(200_000);
    await say({ type: 'more', turn: turn.id, part: 'causes' });
    const [whole] = (await welcome()).turns;
    expect(whole?.parts.map(({ id }) => id).slice(0, 3)).toEqual(['headline', 'causes', 'more-1']);
    expect(whole?.parts[2]).toMatchObject({ title: '26 to 50 of 5000', left: 4950 });
  });

  it('is remembered, so that the next question may lean on it', async () => {
    const { ask, window } = await scene();
    await ask('/diagnose');
    expect(window.agent.calls.filter(([name]) => name === 'beginConversation')).toEqual([['beginConversation', { body: { workspace: '/home/ann/shop' } }]]);
    expect(window.agent.calls).toContainEqual(['ask', { body: { question: 'what is wrong', conversation: 'cnv-a1b2c3' } }]);
  });

  it('of a file looks at what that describes', async () => {
    const { ask, window, say } = await scene();
    const turn = await ask('/diagnose #file');
    expect(window.agent.calls.find(([name]) => name === 'diagnose')?.[1]).toMatchObject({ body: { objects: [{ kind: 'Deployment', name: 'web', namespace: 'shop' }] } });
    await say({ type: 'follow', link: linkNamed(turn, 'web.yaml') as never });
    expect(window.opened).toEqual(['/home/ann/shop/web.yaml']);
  });
});

describe('a question in plain words', () => {
  it('is asked in the conversation, with the namespace of what it names', async () => {
    const { ask, window } = await scene();
    const turn = await ask('is #Deployment/shop/web healthy?');
    expect(window.agent.calls.find(([name]) => name === 'ask')?.[1]).toEqual({ body: { question: 'is deployment/web healthy?', conversation: 'cnv-a1b2c3', namespace: 'shop' } });
    expect(text(part(turn, 'says', 'headline').lines)).toBe('It is so.');
  });

  it('that failed says why and what to do', async () => {
    const { ask, window } = await scene();
    const turn = await ask('/nothing at all');
    expect(turn.how).toBe('failed');
    expect(text(part(turn, 'says', 'failure').lines)).toContain('There is no command /nothing.');
    expect(window.agent.calls).toEqual([]);
  });

  it('shows what a hostile cluster says as text, and every link of it is ours', async () => {
    const evil = '\u001B[2J\u202E[x](command:workbench.action.quit) <script>alert(1)</script>';
    const { ask, told } = await scene({}, { ask: answer({ headline: evil, lines: [evil], suggestions: [evil], table: { columns: [evil], rows: [[evil]] }, causes: [{ ...imageCause, cause: evil, impact: evil, evidence: [{ source: 'log', object: imageCause.object, quote: evil, time: evil }] }] }) });
    await ask('why');
    const all = JSON.stringify(told);
    expect(all).not.toMatch(/\\u001b|\u202E|\\u202e/);
    expect(all).toContain(String.raw`\\x1b[2J\\u{202e}[x](command:workbench.action.quit) <script>`);
    expect([...all.matchAll(/"link":"([^"]*)"/g)].map(([, link]) => link).every((link) => /^l-\d+$/.test(link ?? ''))).toBe(true);
  });

  it('can be stopped, asked again, edited and copied', async () => {
    let answerNow: () => void = () => undefined;
    const { say, told, window, welcome } = await scene({}, { ask: (() => new Promise((resolve) => { answerNow = () => resolve(answer()); })) as never });
    const asking = say({ type: 'ask', text: 'why is web failing?' });
    await vi.waitFor(() => expect(window.agent.calls.map(([name]) => name)).toContain('ask'));
    await say({ type: 'stop' });
    answerNow();
    await asking;
    expect((await welcome()).turns).toMatchObject([{ id: 1, how: 'stopped' }]);
    const again = say({ type: 'retry', turn: 1 });
    await vi.waitFor(() => expect(window.agent.calls.filter(([name]) => name === 'ask')).toHaveLength(2));
    answerNow();
    await again;
    expect((await welcome()).turns).toMatchObject([{ id: 2, question: 'why is web failing?', how: 'done' }]);
    await say({ type: 'edit', turn: 2 });
    expect(told.at(-1)).toEqual({ type: 'compose', text: 'why is web failing?' });
    await say({ type: 'copy', turn: 2 });
    expect(window.person.copied).toEqual(['> why is web failing?\n\nIt is so.\n']);
  });
});

describe('a card', () => {
  it('shows what would be done, and its button does exactly that', async () => {
    const { ask, say, window, told } = await scene({ contexts: [localContext] });
    const turn = await ask('/fix');
    const { card } = part(turn, 'card');
    expect(text([card.title])).toBe('Return Deployment shop/web to revision 6.');
    expect(card).toMatchObject({ tone: 'offered', difference: [{ before: 'shop/web:1.5.0', after: 'shop/web:1.4.2' }], decision: 'The policy asks for one yes.', rules: ['level.one (one): The level says one.'] });
    expect(card.buttons.map(({ text: says }) => says)).toEqual(['Apply', 'Show Difference']);
    expect(window.agent.calls.map(([name]) => name)).not.toContain('propose');
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'apply' });
    expect(window.agent.calls.find(([name]) => name === 'approve')?.[1]).toEqual({ params: { id: 'chg-a1b2c3d4e5f6' }, body: { digest: sampleChange().digest } });
    await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ type: 'part', part: { card: { tone: 'good', standing: 'The finding is gone.' } } }));
    const stood = told.flatMap((one) => (one.type === 'part' && one.part.kind === 'card' && one.part.card.at >= 0 ? [one.part.card.steps[one.part.card.at]] : []));
    expect(stood).toEqual(['approved', 'executing', 'succeeded']);
  });

  it('where the cluster changed meanwhile shows that, and does nothing before it is pressed again', async () => {
    const other = { ...samplePlan, diff: [{ ...samplePlan.diff[0], after: 'shop/web:1.4.1' }] as never };
    const { ask, say, window, told } = await scene({ contexts: [localContext] }, { propose: sampleChange({ plan: other }) });
    const turn = await ask('/fix');
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'apply' });
    expect(window.agent.calls.map(([name]) => name)).not.toContain('approve');
    expect(told.at(-1)).toMatchObject({ part: { card: { standing: expect.stringContaining('The cluster has changed meanwhile') as string, difference: [{ after: 'shop/web:1.4.1' }] } } });
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'apply' });
    expect(window.agent.calls.map(([name]) => name)).toContain('approve');
  });

  it('of a policy that asks others asks for approval, and waits', async () => {
    const { ask, say, window, told } = await scene({ contexts: [localContext] }, { explainDecision: { plan: samplePlan, decision: decisionOf('two'), rules: [] }, watchChange: [] });
    const turn = await ask('/fix');
    expect(part(turn, 'card').card.buttons[0]).toMatchObject({ button: 'ask', text: 'Ask for Approval' });
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'ask' });
    expect(window.agent.calls.map(([name]) => name)).not.toContain('approve');
    expect(told.findLast((one) => one.type === 'part')).toMatchObject({ part: { card: { tone: 'waiting', standing: 'Waits for one yes.' } } });
  });

  it('has no button for what the policy forbids, and refuses one that a page makes up', async () => {
    const { ask, say, window, told } = await scene({ contexts: [localContext] }, { explainDecision: { plan: samplePlan, decision: decisionOf('forbidden'), rules: [] } });
    const turn = await ask('/fix');
    expect(part(turn, 'card').card.buttons.map(({ button }) => button)).toEqual(['difference']);
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'apply' });
    expect(window.agent.calls.map(([name]) => name)).not.toContain('propose');
    expect(told.at(-1)).toMatchObject({ part: { card: { standing: expect.stringContaining('That cannot be done now.') as string } } });
  });

  it('of a cluster that is read-only asks to open it first', async () => {
    const { ask, say, window, ran } = await scene({ contexts: [remoteContext] });
    const turn = await ask('/fix');
    expect(part(turn, 'card').card.buttons.map(({ button }) => button)).toEqual(['unlock', 'difference']);
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'apply' });
    expect(window.agent.calls.map(([name]) => name)).not.toContain('propose');
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'unlock' });
    expect(ran).toEqual([['autodevops.cluster.unlock']]);
  });

  it('opens the same as a change in Git, by a card of its own', async () => {
    const scaled = { cause: imageCause, proposals: [{ ...request, action: 'scale', params: { replicas: 3 } }], open: [], manual: [] };
    const { ask, say, window, welcome } = await scene({ contexts: [localContext], files: { '/home/ann/shop/.git/HEAD': 'ref' }, replies: [{ enter: 'shop' }] }, { fixes: { diagnosis: problemDiagnosis, fixes: [scaled] } });
    const turn = await ask('/fix');
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'git' });
    expect(window.agent.calls.map(([name]) => name)).not.toContain('propose');
    const [shown] = (await welcome()).turns;
    if (shown === undefined) throw new Error('there is no turn');
    expect(part(shown, 'card', 'fix-1-git').card.buttons.map(({ text: says }) => says)).toEqual(['Open as Git Change', 'Show Difference']);
    await say({ type: 'press', turn: turn.id, part: 'fix-1-git', button: 'git' });
    expect(window.agent.calls.find(([name]) => name === 'propose')?.[1]).toMatchObject({ body: { requests: [{ action: 'open-git-change', params: { repository: 'shop', files: [{ path: 'deploy/web.yaml', content: manifest.text.replace('replicas: 1', 'replicas: 3') }] } }] } });
  });

  it('shows the difference in the editor', async () => {
    const { ask, say, window } = await scene();
    const turn = await ask('/fix');
    await say({ type: 'press', turn: turn.id, part: 'fix-1', button: 'difference' });
    expect(window.compared).toMatchObject([{ title: 'Deployment shop/web: live and proposed' }]);
  });
});

describe('conversations', () => {
  it('are listed and searched for this folder alone', async () => {
    const other = { ...conversation, id: 'cnv-zzzzzz', workspace: '/elsewhere' };
    const { say, told, window } = await scene({}, { conversations: { conversations: [{ ...conversation, title: 'Monday' }] }, searchConversations: { hits: [{ conversation: other }, { conversation: { ...conversation, title: 'Monday' } }] } });
    await say({ type: 'history', words: '' });
    await say({ type: 'history', words: 'web' });
    expect(told.flatMap((one) => (one.type === 'history' ? [one.conversations.map(({ title }) => title)] : []))).toEqual([['Monday'], ['Monday']]);
    expect(window.agent.calls[0]).toEqual(['conversations', { query: { workspace: '/home/ann/shop', limit: 100 } }]);
  });

  it('are opened as they were, and go on', async () => {
    const { say, told, ask, window } = await scene();
    await say({ type: 'open', conversation: 'cnv-a1b2c3' });
    const shown = told.findLast((one) => one.type === 'conversation');
    expect(shown).toMatchObject({ title: 'What is wrong', turns: [{ question: 'why is web failing?', time: '2026-01-07 11:00', how: 'done' }] });
    await ask('is it better now?');
    expect(window.agent.calls.map(([name]) => name)).not.toContain('beginConversation');
  });

  it('are found again when the window is opened again', async () => {
    const first = await scene();
    await first.ask('/diagnose');
    const again = new ChatHost({ window: first.window.parts, run: async () => undefined, surroundings: { file: () => undefined, selection: () => undefined, terminal: async () => undefined, manifests: async () => [], filesWith: async () => [] } });
    onTestFinished(() => again.dispose());
    const told: ToPage[] = [];
    again.attach((message) => void told.push(message));
    await again.hear({ type: 'ready' });
    expect(told.findLast((one) => one.type === 'conversation')).toMatchObject({ turns: [{ question: 'why is web failing?' }] });
  });

  it('are renamed, deleted and exported only as the person says', async () => {
    const { say, window, told } = await scene({ replies: [{ enter: 'Monday' }, { confirm: false }, { confirm: true }, { file: '/home/ann/jamie.md' }] }, {
      renameConversation: { ...conversation, title: 'Monday' }, removeConversation: {}, exportConversation: { markdown: '# Monday\n' }, conversations: { conversations: [] },
    });
    await say({ type: 'rename', conversation: 'cnv-a1b2c3' });
    await say({ type: 'remove', conversation: 'cnv-a1b2c3' });
    expect(window.agent.calls.map(([name]) => name)).not.toContain('removeConversation');
    await say({ type: 'remove', conversation: 'cnv-a1b2c3' });
    await say({ type: 'export', conversation: 'cnv-a1b2c3' });
    expect(window.agent.calls.map(([name]) => name)).toEqual(['renameConversation', 'conversations', 'removeConversation', 'conversations', 'exportConversation']);
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
  const suggestions = async (choice: FakeWindowChoice): Promise<readonly string[]> => (await (await scene(choice)).welcome()).standing.suggestions.map(({ text: says }) => says);

  it('fits the state: no cluster, no trust, nothing known yet', async () => {
    expect(await suggestions({ contexts: [] })).toEqual(['Start Local Cluster', 'Switch Context', 'Diagnose Bundle', '/help']);
    expect(await suggestions({ trusted: false })).toEqual(['/help']);
    expect(await suggestions({})).toEqual(['/diagnose', '/changes', '/help']);
  });

  it('fits what is wrong', async () => {
    const { window, told } = await scene({}, { findings: [{ id: '1', event: { type: 'diagnosis', diagnosis: problemDiagnosis } }] as never });
    window.parts.problems.follow();
    await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ type: 'standing', standing: { suggestions: [{ text: '/diagnose' }, { text: '/why #Deployment/shop/web' }, { text: '/fix #Deployment/shop/web' }, { text: '/changes' }] } }));
  });

  it('without a cluster is help, which needs none', async () => {
    const { ask, window } = await scene({ contexts: [], trusted: false });
    const turn = await ask('/help');
    expect(turn).toMatchObject({ how: 'done', parts: [{ id: 'headline' }, { id: 'commands' }, { id: 'marks' }, { id: 'examples' }] });
    expect(window.agent.calls).toEqual([]);
  });

  it('follows what is being written', async () => {
    const { say, told, window } = await scene({}, { findings: [{ id: '1', event: { type: 'diagnosis', diagnosis: problemDiagnosis } }] as never });
    window.parts.problems.follow();
    await vi.waitFor(() => expect(window.parts.problems.state.value.kind).toBe('live'));
    await say({ type: 'complete', asked: 1, mark: '/', text: 'e' });
    await say({ type: 'complete', asked: 2, mark: '#', text: 'web' });
    const offered = told.flatMap((one) => (one.type === 'completions' ? [one.items.map(({ insert }) => insert)] : []));
    expect(offered[0]).toEqual(['/explain ']);
    expect(offered[1]).toEqual(['#Deployment/shop/web ', '#Pod/shop/web-7d-a ', '#log:Deployment/shop/web ', '#log:Pod/shop/web-7d-a ', '#file:deploy/web.yaml ']);
  });
});
