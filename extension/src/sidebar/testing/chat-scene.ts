import { onTestFinished } from 'vitest';
import type { Answer } from '@autodevops/domain/answer';
import type { Conversation, Turn } from '@autodevops/domain/conversation';
import { changeLine, decisionOf, sampleChange, samplePlan } from '../../testing/sample-change.ts';
import { fakeWindow } from '../../testing/fake-window.ts';
import type { FakeWindow, FakeWindowChoice } from '../../testing/fake-window.ts';
import { imageCause, problemDiagnosis } from '../../testing/sample-diagnosis.ts';
import type { Stubs } from '../../testing/stub-agent.ts';
import { ChatHost } from '../chat-host.ts';
import type { Part, PartKind } from '../protocol/part.ts';
import type { Span } from '../protocol/span.ts';
import type { ToHost } from '../protocol/to-host.ts';
import { ToPage } from '../protocol/to-page.ts';
import type { TurnView } from '../protocol/turn-view.ts';

export const conversation: Conversation = {
  id: 'cnv-a1b2c3',
  workspace: '/home/ann/shop',
  title: '',
  begunAt: '2026-01-07T12:00:00Z',
  updatedAt: '2026-01-07T12:00:00Z',
  turns: 1,
};

export const remembered: Turn = {
  number: 1,
  time: '2026-01-07T11:00:00Z',
  question: 'why is web failing?',
  understood: '',
  namespace: '',
  intent: 'why-failing',
  outcome: 'answered',
  headline: 'Deployment shop/web asks for an image that is not there.',
  lines: [],
  objects: [],
  causes: [
    { code: 'pod.image.not-found', title: 'Image not found', object: imageCause.object, cause: 'It does not exist.' },
  ],
  digest: 'x',
};

export function answer(given: Partial<Answer> = {}): Answer {
  return {
    schemaVersion: 1,
    question: 'q',
    intent: 'i',
    outcome: 'answered',
    headline: 'It is so.',
    lines: [],
    causes: [],
    objects: [],
    suggestions: [],
    blindSpots: [],
    ...given,
  };
}

export const request = {
  action: 'rollout-undo',
  target: { ...imageCause.object, uid: 'u1' },
  params: { toRevision: 6 },
};

export const changed = answer({
  table: { columns: ['when', 'object', 'what'], rows: [['4 minutes ago', 'Deployment shop/web', 'revision 7']] },
});

/** An agent that knows one problem, which an action of the catalogue would help. */
const stubs = {
  beginConversation: conversation,
  conversation: { conversation: { ...conversation, title: 'What is wrong' }, turns: [remembered] },
  ask: (given) => (String(given.body?.['question']).startsWith('what changed') ? changed : answer()),
  diagnosis: [
    { id: '1', event: { type: 'progress', step: 'Listing pods', done: 1, total: 4 } },
    { id: '2', event: { type: 'first', diagnosis: problemDiagnosis } },
    { id: '3', event: { type: 'final', diagnosis: problemDiagnosis } },
  ] as never,
  diagnose: problemDiagnosis,
  fixes: { diagnosis: problemDiagnosis, fixes: [{ cause: imageCause, proposals: [request], open: [], manual: [] }] },
  explainDecision: { plan: samplePlan, decision: decisionOf('one'), rules: [] },
  cluster: { name: 'dev', mode: 'local' },
  propose: sampleChange(),
  approve: sampleChange({ state: 'approved', says: 'Approved.' }),
  watchChange: [
    { id: '1', event: sampleChange({ state: 'executing', says: 'Returning it.' }) },
    { id: '2', event: sampleChange({ state: 'succeeded', says: 'The finding is gone.' }) },
  ] as never,
  change: sampleChange({ state: 'succeeded', says: 'The finding is gone.' }),
  changes: { changes: [changeLine('waiting')] },
  killSwitch: { on: false, by: '', why: '', since: '' },
  events: [],
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

export const manifest = {
  path: 'deploy/web.yaml',
  text: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 1\n',
};

export async function scene(choice: FakeWindowChoice = {}, more: Stubs = {}): Promise<Scene> {
  const window = await fakeWindow({ ...choice, agent: { ...stubs, ...more } });
  const ran: unknown[][] = [];
  const told: ToPage[] = [];
  const host = new ChatHost({
    window: window.parts,
    run: async (...args) => void ran.push(args),
    surroundings: {
      file: () => ({
        name: 'web.yaml',
        text: 'kind: Deployment\nmetadata: {name: web, namespace: shop}\n',
        path: '/home/ann/shop/web.yaml',
        line: 1,
      }),
      selection: () => undefined,
      terminal: async () => undefined,
      manifests: async () => ['deploy/web.yaml'],
      filesWith: async () => [manifest],
    },
  });
  // Whatever is told has to be of the protocol, whatever the cluster holds.
  host.attach((message) => void told.push(ToPage.parse(message)));
  onTestFinished(() => {
    host.dispose();
    window.parts.changes.stop();
    window.parts.problems.stop();
  });
  const say = async (message: ToHost): Promise<void> => {
    await host.hear(message);
  };
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

export function part<K extends PartKind>(turn: TurnView, kind: K, id?: string): Extract<Part, { readonly kind: K }> {
  const found = turn.parts.find(
    (one): one is Extract<Part, { readonly kind: K }> => one.kind === kind && (id === undefined || one.id === id),
  );
  if (found === undefined) {
    throw new Error(`there is no ${kind} among ${turn.parts.map((one) => `${one.kind} ${one.id}`).join(', ')}`);
  }
  return found;
}

export function text(lines: readonly (readonly Span[])[]): string {
  return lines.map((line) => line.map((span) => span.text).join('')).join('\n');
}

export function linkNamed(turn: TurnView, name: string): string {
  const found = new RegExp(`"text":"${name}","link":"(l-\\d+)"`).exec(JSON.stringify(turn))?.[1];
  if (found === undefined) throw new Error(`there is no link "${name}"`);
  return found;
}
