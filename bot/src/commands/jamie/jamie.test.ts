import { describe, expect, it } from 'vitest';
import { expectHarmless, lettersOf } from '../../rendering/testing/harmless.ts';
import { answerSample, diagnosisSample, webObject } from '../../testing/diagnosis-samples.ts';
import { fakeAgent } from '../../testing/fake-agent.ts';
import type { FakeAgent } from '../../testing/fake-agent.ts';
import { commandHandlers } from '../registry.ts';
import { failureOf, say } from '../testing/command-scene.ts';

const capturedAt = '2026-11-30T08:00:00.000Z';
const database = { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'db', uid: '' };
const page = {
  code: 'pod.image.not-found',
  title: 'Image not found',
  severity: 'critical' as const,
  means: 'The image is not there.',
  recognised: 'By the event.',
  nextSteps: ['Push it.'],
  avoid: ['Deleting the pod.'],
};

function agentOf(): FakeAgent {
  return fakeAgent({
    ask: async () => answerSample(),
    diagnose: async () => diagnosisSample(),
    recentChanges: async () => ({
      capturedAt,
      changes: [
        {
          time: '2026-11-30T07:48:00.000Z',
          object: webObject,
          what: 'revision 7: image 1.4 → 1.5',
          source: 'revision',
        },
      ],
      left: 0,
      blindSpots: [],
    }),
    graph: async () => ({
      capturedAt,
      edges: [{ from: webObject, verb: 'calls', to: database, detail: 'port 5433' }],
      objects: [{ object: database, state: 'selects no pod' }],
      left: 0,
      mermaid: 'flowchart LR\n',
      blindSpots: [],
    }),
    logs: async () => ({
      logs: [
        {
          namespace: 'shop',
          pod: 'web-1',
          container: 'app',
          previous: false,
          lines: ['starting', 'connection refused'],
          cut: true,
        },
      ],
      left: 2,
      blindSpots: [],
    }),
    meaning: async () => ({ entry: page, says: '', related: [], near: [] }),
  });
}

const web = { kind: 'Deployment', name: 'web' };

describe('what is asked in words of a command is asked of the agent by what it names', () => {
  it.each([
    ['/jamie ask why is web failing?', 'ask', { body: { question: 'why is web failing?' } }],
    [
      '/jamie ask “why is &lt;web&gt; failing” -n shop',
      'ask',
      { body: { question: 'why is <web> failing', namespace: 'shop' } },
    ],
    ['/jamie ask what does --dry-run do', 'ask', { body: { question: 'what does --dry-run do' } }],
    ['/jamie changes', 'recentChanges', { query: { seconds: 3600, limit: 40 } }],
    [
      '/jamie changes deploy/web --since 2h -n shop',
      'recentChanges',
      { query: { ...web, namespace: 'shop', seconds: 7200, limit: 40 } },
    ],
    ['/jamie changes -n shop', 'recentChanges', { query: { namespace: 'shop', seconds: 3600, limit: 40 } }],
    ['/jamie logs deploy/web', 'logs', { query: { ...web, previous: 'false', lines: 50 } }],
    [
      '/jamie logs deploy web -n shop -c app -p --lines 200',
      'logs',
      { query: { ...web, namespace: 'shop', container: 'app', previous: 'true', lines: 200 } },
    ],
    ['/jamie graph deploy/web', 'graph', { query: { ...web, side: 'uses' } }],
    ['/jamie graph cm/settings --users', 'graph', { query: { kind: 'ConfigMap', name: 'settings', side: 'used-by' } }],
    ['/jamie explain pod.image.not-found', 'meaning', { params: { word: 'pod.image.not-found' } }],
  ])('%s', async (line, endpoint, given) => {
    const agent = agentOf();
    await say(line, commandHandlers, { agent });
    expect(agent.calls).toEqual([{ endpoint, given }]);
  });
});

describe('an answer', () => {
  it.each([
    [
      '/jamie changes',
      ['1 change in the last 60 minutes', '12 minutes ago', 'Deployment shop/web', 'revision 7: image 1.4 → 1.5'],
    ],
    [
      '/jamie graph deploy/web',
      ['Deployment web leans on 1 thing.', 'calls (port 5433)', 'Service shop/db', 'selects no pod'],
    ],
    [
      '/jamie logs deploy/web',
      [
        'The last lines of 1 container of Deployment web; 2 more are left out.',
        'shop/web-1',
        'starting\nconnection refused',
      ],
    ],
    [
      '/jamie explain pod.image.not-found',
      ['Image not found', 'The image is not there.', 'Push it.', 'Deleting the pod.'],
    ],
  ])('to %s says what is there', async (line, says) => {
    const {
      answers: [answer],
    } = await say(line, commandHandlers, { agent: agentOf() });
    for (const one of says) expect(lettersOf(answer ?? expect.fail())).toContain(one);
  });

  it.each([
    [
      '/jamie changes --file',
      'recentChanges',
      { limit: 500 },
      'changes-2026-11-30T0800.txt',
      '2026-11-30T07:48:00.000Z  Deployment shop/web  revision 7',
    ],
    [
      '/jamie logs deploy/web --file',
      'logs',
      { lines: 1000 },
      'logs-Deployment-web.txt',
      '==> shop/web-1 app\nstarting',
    ],
  ] as const)('to %s is a file with all of it', async (line, endpoint, query, name, text) => {
    const agent = agentOf();
    const { answers, slack } = await say(line, commandHandlers, { agent });
    expect(answers).toEqual([]);
    expect(agent.callsOf(endpoint)).toMatchObject([{ query }]);
    expect(slack.callsOf('upload')).toMatchObject([[{ channel: 'C1', name, text: expect.stringContaining(text) }]]);
  });

  it('to graph --file is a picture, told in words to who does not see it', async () => {
    const drawings: unknown[] = [];
    const png = Uint8Array.of(1, 2, 3);
    const { slack } = await say('/jamie graph deploy/web --file', commandHandlers, {
      agent: agentOf(),
      draw: async (drawing) => {
        drawings.push(drawing);
        return png;
      },
    });
    expect(drawings).toEqual([
      {
        boxes: [
          { id: 'n0', lines: ['Deployment shop/web'] },
          { id: 'n1', lines: ['Service shop/db', 'selects no pod'] },
        ],
        arrows: [{ from: 'n0', to: 'n1', label: 'calls (port 5433)' }],
      },
    ]);
    expect(slack.callsOf('upload')).toMatchObject([
      [{ channel: 'C1', name: 'graph-Deployment-web.png', altText: 'Deployment shop/web calls Service shop/db.', png }],
    ]);
  });

  it('to graph --file is Mermaid where nothing can be drawn', async () => {
    const { slack, logged } = await say('/jamie graph deploy/web --file', commandHandlers, { agent: agentOf() });
    expect(slack.callsOf('upload')).toMatchObject([[{ name: 'graph-Deployment-web.mmd', text: 'flowchart LR\n' }]]);
    expect(logged).toEqual(['a graph could not be drawn']);
  });

  it('of a long log keeps its newest lines', async () => {
    const lines = Array.from({ length: 900 }, (_, index) => `line ${index} "quoted" \\ and more`);
    const agent = fakeAgent({
      logs: async () => ({
        logs: [{ namespace: 'shop', pod: 'web-1', container: 'app', previous: true, lines, cut: true }],
        left: 0,
        blindSpots: [],
      }),
    });
    const {
      answers: [answer],
    } = await say('/jamie logs deploy/web --lines 900', commandHandlers, { agent });
    expectHarmless(answer ?? expect.fail());
    expect(lettersOf(answer ?? expect.fail())).toMatch(/before it was restarted[\s\S]*lines of 900\)[\s\S]*line 899/);
  });

  it('for what nobody knows says what may have been meant', async () => {
    const agent = fakeAgent({ meaning: async () => ({ says: '', related: [], near: ['pod.image.not-found'] }) });
    const {
      answers: [answer],
    } = await say('/jamie explain pod.image.notfound', commandHandlers, { agent });
    expect(lettersOf(answer ?? expect.fail())).toContain('Did you mean pod.image.not-found?');
  });
});

it('a diagnosis is of what is named', async () => {
  const agent = agentOf();
  const { answers } = await say('/jamie diagnose deploy/web -n shop --hygiene', commandHandlers, { agent });
  expect(agent.callsOf('diagnose')).toEqual([
    { body: { objects: [{ ...web, namespace: 'shop' }], namespaces: ['shop'], hygiene: true } },
  ]);
  expect(lettersOf(answers[0] ?? expect.fail())).toContain('Image not found');
});

it.each([
  ['/jamie ask', { message: 'There is no question.' }],
  ['/jamie logs', { message: 'The logs of what?' }],
  ['/jamie logs deploy/web deploy/api', { message: 'That is more than one object.' }],
  ['/jamie logs deploy/web --lines many', { message: '"many" is no number of lines.' }],
  ['/jamie logs deploy/web --lines 1001', { message: '"1001" is no number of lines.' }],
  ['/jamie graph', { message: 'The neighbours of what?' }],
  ['/jamie changes --since soon', { message: '"soon" is no duration.' }],
  ['/jamie changes --since 99w', { message: 'The cluster does not remember that long.' }],
  ['/jamie explain', { message: 'Which code?' }],
  ['/jamie diagnose deploy/web --shar', { remedy: 'Did you mean --share?' }],
  [`/jamie ask ${'why '.repeat(1000)}`, { message: 'A question has at most 2000 characters.' }],
])('what is missing or wrong is told before the agent is asked: %s', async (line, failure) => {
  expect(await failureOf(line, commandHandlers)).toMatchObject(failure);
});

it('an answer with hostile text acts on nobody', async () => {
  const hostile = '<!channel> <https://evil.example|ok> *x* `y` \u202Egnp';
  const agent = fakeAgent({
    ask: async () =>
      answerSample({ headline: hostile, lines: [hostile], suggestions: [hostile], outcome: 'not-understood' }),
  });
  const {
    answers: [answer],
  } = await say('/jamie ask x', commandHandlers, { agent });
  expectHarmless(answer ?? expect.fail());
});
