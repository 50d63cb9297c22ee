import { describe, expect, it } from 'vitest';
import type { AgentClient } from '@autodevops/agentd/client';
import type { Answer } from '@autodevops/domain/answer';
import type { Conversation, Turn } from '@autodevops/domain/conversation';
import type { Agents } from '../agent-door/agents.ts';
import { main } from '../main.ts';
import { capturedAt, fakeSurroundings } from '../testing/fake-surroundings.ts';

const conversation: Conversation = {
  id: 'cnv-abcdef123456',
  workspace: '',
  title: 'why is api \u001B[31mfailing?',
  begunAt: '2026-01-01T11:00:00.000Z',
  updatedAt: '2026-01-01T11:30:00.000Z',
  turns: 3,
};
const object = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'api', uid: '' };
const turn: Turn = {
  number: 3,
  time: '2026-01-01T11:30:00.000Z',
  question: 'and why?',
  understood: 'why is Deployment shop/api failing',
  namespace: '',
  intent: 'why-failing',
  outcome: 'answered',
  headline: 'Deployment shop/api is not healthy.',
  lines: ['0 of 1 ready.'],
  objects: [object],
  causes: [{ code: 'pod.image.not-found', title: '', object, cause: 'The tag is not there.' }],
  digest: '',
};
const answer: Answer = {
  schemaVersion: 1,
  question: 'and why?',
  understood: 'why is Deployment shop/api failing',
  intent: 'why-failing',
  outcome: 'answered',
  headline: 'It is not healthy.',
  lines: [],
  causes: [],
  objects: [],
  suggestions: [],
  blindSpots: [],
};

interface Asked {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What the agent was asked, in order. */
  readonly calls: readonly (readonly [endpoint: string, given: unknown])[];
}

async function run(
  line: readonly string[],
  has: { readonly conversations?: readonly Conversation[] } = {},
): Promise<Asked> {
  const calls: [string, unknown][] = [];
  const answers: Readonly<Record<string, unknown>> = {
    ask: answer,
    beginConversation: conversation,
    conversation: { conversation, turns: [turn] },
    conversations: { conversations: has.conversations ?? [conversation] },
    searchConversations: { hits: [{ conversation, turn }] },
    renameConversation: { ...conversation, title: 'New' },
    removeConversation: {},
    exportConversation: { markdown: '# A title\n' },
  };
  const client = new Proxy(
    {},
    {
      get: (_target, name) => async (given: unknown) => {
        calls.push([String(name), given]);
        return answers[String(name)];
      },
    },
  ) as AgentClient;
  const agents = {
    open: async () => ({ client, where: 'running', close: async () => undefined }),
  } as unknown as Agents;
  const fake = fakeSurroundings({ agents: async () => agents, now: () => Date.parse(capturedAt) });
  const code = await main(line, fake.surroundings, new AbortController().signal);
  return { code, out: fake.out(), err: fake.err(), calls };
}

describe('asking in a conversation', () => {
  it('goes to the agent, in the newest one for last, and says how the question was taken', async () => {
    const { code, out, calls } = await run(['ask', '--conversation', 'last', '-n', 'shop', 'and why?']);
    expect({ code, calls }).toEqual({
      code: 0,
      calls: [
        ['conversations', { query: { limit: 1 } }],
        ['ask', { body: { question: 'and why?', conversation: conversation.id, namespace: 'shop' } }],
      ],
    });
    expect(out).toMatch(/^Taken as: why is Deployment shop\/api failing\nIt is not healthy\.\n/);
  });

  it('begins a new one, and says its id beside the answer', async () => {
    const { err, calls } = await run(['ask', '--conversation=new', 'what is wrong?']);
    expect(calls.map(([name]) => name)).toEqual(['beginConversation', 'ask']);
    expect(err).toContain(conversation.id);
  });

  it('is refused for a recording and the sample, which no agent keeps', async () => {
    expect(await run(['ask', '--conversation', 'new', '--sample', 'what is wrong?'])).toMatchObject({
      code: 64,
      err: expect.stringContaining('Conversations are kept by the agent'),
      calls: [],
    });
  });

  it('says where there is none to go on with, and what is no id', async () => {
    expect(await run(['ask', '--conversation', 'last', 'why?'], { conversations: [] })).toMatchObject({
      code: 64,
      err: expect.stringContaining('There is no conversation yet'),
    });
    expect(await run(['ask', '--conversation', 'chg-abcdef', 'why?'])).toMatchObject({
      code: 64,
      err: expect.stringContaining('"chg-abcdef" is not the id of a conversation'),
      calls: [],
    });
  });
});

describe('conversations', () => {
  it('are listed with when they were last asked in, and nothing in a title drives the terminal', async () => {
    const { out } = await run(['conversation', 'list']);
    expect(out).toContain('cnv-abcdef123456  30 minutes ago  3');
    expect(out).not.toContain('\u001B');
    expect((await run(['conversation', 'list'], { conversations: [] })).out).toContain('There is no conversation yet');
  });

  it('are found by words', async () => {
    expect((await run(['conversation', 'list', 'api', 'failing'])).calls).toEqual([
      ['searchConversations', { query: { words: 'api failing', limit: 20 } }],
    ]);
  });

  it('are shown question by question', async () => {
    const { out } = await run(['conversation', 'show', conversation.id]);
    expect(out).toContain('2 earlier questions are left out');
    expect(out).toMatch(
      /> and why\?\n {2}30 minutes ago, taken as: why is Deployment shop\/api failing\n {2}Deployment shop\/api is not healthy\./,
    );
    expect(out).toContain('Deployment shop/api (pod.image.not-found): The tag is not there.');
  });

  it('are renamed, exported and forgotten', async () => {
    expect(await run(['conversation', 'rename', 'last', 'New'])).toMatchObject({
      code: 0,
      out: 'cnv-abcdef123456 is called "New" now.\n',
    });
    expect(await run(['conversation', 'export', conversation.id])).toMatchObject({ code: 0, out: '# A title\n' });
    const { out, calls } = await run(['conversation', 'delete', conversation.id]);
    expect([out, calls]).toEqual([
      'cnv-abcdef123456 is forgotten.\n',
      [['removeConversation', { params: { id: conversation.id } }]],
    ]);
    for (const line of [
      ['conversation', 'delete'],
      ['conversation', 'show', 'a', 'b'],
      ['conversation', 'rename', 'last'],
    ]) {
      expect((await run(line)).code).toBe(64);
    }
  });
});
