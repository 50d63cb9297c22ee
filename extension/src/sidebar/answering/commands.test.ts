import { expect, it } from 'vitest';
import type { Answer } from '@autodevops/domain/answer';
import { CardDesk } from '../cards/card-desk.ts';
import { LinkBook } from '../links/link-book.ts';
import type { Part } from '../protocol/part.ts';
import { fakeWindow } from '../../testing/fake-window.ts';
import { healthyDiagnosis, imageCause, problemDiagnosis } from '../../testing/sample-diagnosis.ts';
import { answerQuestion } from './answer-question.ts';
import { CausePages } from './cause-pages.ts';
import type { Stubs } from '../../testing/stub-agent.ts';

const web = imageCause.object;
const plain: Answer = {
  schemaVersion: 1,
  question: 'q',
  intent: 'i',
  outcome: 'answered',
  headline: 'It is so.',
  lines: [],
  causes: [],
  objects: [web],
  suggestions: [],
  blindSpots: [],
};
const stubs: Stubs = {
  ask: (given) =>
    /uses|dependencies/.test(String(given.body?.['question']))
      ? { ...plain, table: { columns: ['who', 'how'], rows: [['Deployment shop/api', 'calls (web:80)']] } }
      : plain,
  diagnose: problemDiagnosis,
  fixes: { diagnosis: problemDiagnosis, fixes: [] },
  cluster: { name: 'dev', mode: 'local', autonomy: 'development' },
  policy: {
    policy: {
      version: 1,
      rules: [{ id: 'images', why: 'They <b>can</b> be taken back.', match: {}, decision: 'one', approvers: [] }],
      freezes: [{ name: 'xmas', from: '2026-12-24T00:00:00Z', to: '2026-12-27T00:00:00Z' }],
      environments: {},
    },
    version: '26ea4b696cf7d1c0',
  } as never,
};

/** The parts of an answer, and what was asked of the agent and the program for it. */
async function answer(text: string, more: Stubs = {}) {
  const {
    parts: window,
    agent,
    ran,
  } = await fakeWindow({ agent: { ...stubs, ...more }, program: () => ({ stdout: 'Image not found\u001B[0m\n' }) });
  const links = new LinkBook();
  const none = {
    file: () => undefined,
    selection: () => undefined,
    terminal: async () => undefined,
    manifests: async () => [],
    filesWith: async () => [],
  };
  const cards = new CardDesk({
    window,
    links,
    filesWith: none.filesWith,
    run: async () => undefined,
    show: () => undefined,
    life: AbortSignal.timeout(10_000),
  });
  const parts = new Map<string, Part>();
  const needs = {
    window,
    links,
    cards,
    pages: new CausePages(),
    turn: 1,
    conversation: async () => 'cnv-a1b2c3',
    about: { surroundings: none, folder: window.folder, diagnosis: () => undefined, namespace: () => 'default' },
  };
  for await (const step of answerQuestion(needs, text, AbortSignal.timeout(10_000))) {
    if ('put' in step) parts.set(step.put.id, step.put);
    else parts.delete(step.drop);
  }
  return {
    parts: [...parts.values()],
    ids: [...parts.keys()],
    ran,
    links,
    asked: agent.calls.flatMap(([name, given]) => (name === 'ask' ? [given.body?.['question']] : [])),
  };
}

it.each([
  ['/why web', 'why is web failing'],
  ['/why Why is web failing', 'Why is web failing'],
  ['/why #Deployment/shop/web', 'why is deployment/web failing'],
  ['/changes', 'what changed in the last hour'],
  ['/changes the last day', 'what changed in the last day'],
  ['/logs web', 'logs of web'],
  ['/diagnose web', 'diagnose web'],
  ['which pods are not ready?', 'which pods are not ready?'],
])('%s asks: %s', async (text, question) => {
  expect((await answer(text)).asked[0]).toBe(question);
});

it('/logs leads to the whole log', async () => {
  const { parts, links } = await answer('/logs web');
  const follow = parts.find(({ id }) => id === 'follow');
  const link = follow?.kind === 'choices' ? follow.choices[0]?.link : undefined;
  expect(links.target(link ?? '')).toEqual({
    type: 'log',
    object: { kind: 'Deployment', namespace: 'shop', name: 'web' },
  });
  await expect(answer('/logs')).rejects.toThrow('Whose log?');
});

it('/graph shows who leans on it and on what it leans, and leads to the whole graph', async () => {
  const { ids, parts } = await answer('/graph #Deployment/shop/web');
  expect(ids).toEqual(['users-1', 'needs-1', 'page']);
  expect(parts[0]).toMatchObject({
    kind: 'facts',
    title: 'web: Who leans on it',
    open: true,
    lines: [[{ text: 'Deployment shop/api' }, { text: ' · ' }, { text: 'calls (web:80)' }]],
  });
  await expect(answer('/graph')).rejects.toThrow('The graph around what?');
});

it('/explain says what a code means, with what it would hide made visible, and runs nothing for what is none', async () => {
  const { parts, ran } = await answer('/explain pod.image.not-found');
  expect(parts).toMatchObject([{ kind: 'text', title: 'pod.image.not-found', text: 'Image not found\\x1b[0m\n' }]);
  expect(ran).toEqual([['explain', 'pod.image.not-found']]);
  await expect(answer('/explain --version')).rejects.toThrow('Which code?');
});

it('/policy shows level, rules and freezes', async () => {
  const { parts, ids } = await answer('/policy');
  expect(ids).toEqual(['headline', 'floor', 'rules', 'freezes', 'version', 'acts']);
  expect(parts[0]).toMatchObject({
    lines: [[{ text: 'The policy in force has 1 rules of its own. Its level is development.' }]],
  });
  expect(parts[2]).toMatchObject({
    rows: [[[{ text: 'images' }], [{ text: 'one' }], [{ text: 'They <b>can</b> be taken back.' }]]],
  });
});

it('/fix of what is not wrong says so, and of what nothing helps shows what is seen', async () => {
  expect((await answer('/fix', { diagnose: healthyDiagnosis })).parts).toMatchObject([
    { tone: 'warning', lines: [[{ text: 'No problem is seen now.' }]] },
  ]);
  expect((await answer('/fix nobody', { diagnose: healthyDiagnosis })).parts).toMatchObject([
    { tone: 'warning', lines: [[{ text: 'No present problem is called so.' }]] },
  ]);
  const {
    causes: [, hostile],
  } = problemDiagnosis;
  expect(
    (await answer('/fix', { diagnose: { ...problemDiagnosis, causes: hostile === undefined ? [] : [hostile] } })).ids,
  ).toEqual(['headline', 'causes']);
});

it('/fix asks for nothing before it is wanted: what only a person knows stands on a button', async () => {
  const request = { action: 'set-environment', target: web, params: {} };
  const { parts, links } = await answer('/fix web', {
    fixes: {
      diagnosis: problemDiagnosis,
      fixes: [{ cause: imageCause, proposals: [], open: [{ request, asks: ['value'] }], manual: [] }],
    },
  });
  const [open] = parts;
  expect(open).toMatchObject({ kind: 'choices', title: 'Deployment shop/web: it asks for value' });
  expect(links.target(open?.kind === 'choices' ? (open.choices[0]?.link ?? '') : '')).toMatchObject({
    command: 'autodevops.proposeFix',
    subject: { type: 'cause', code: 'pod.image.not-found' },
  });
});
