import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Actor } from '@autodevops/domain/change/actor';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ClusterReader } from '@autodevops/domain/ports/cluster';
import { readFixture } from '@autodevops/testkit/fixture';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import type { Call, Handlers } from '../../contract/handlers.ts';
import { ann } from '../../testing/agent-app.ts';
import { conversingHandlers } from './conversing.ts';

const { snapshot } = readFixture(
  fileURLToPath(new URL('../../../../../agent-core/src/ask/testing/shop.yaml', import.meta.url)),
);
const reader: ClusterReader = {
  source: 'test',
  snapshot: async () => snapshot,
  logs: async () => [],
  close: async () => {},
};
const bob: Actor = { ...ann, account: 'local:bob', person: '', name: 'Bob' };

type Conversing = ReturnType<typeof conversingHandlers>;
interface Scene extends Conversing {
  readonly store: ReturnType<typeof createMemoryStore>;
}

function scene(store = createMemoryStore()): Scene {
  return {
    store,
    ...conversingHandlers({
      conversations: store.conversations,
      reader,
      now: () => Date.UTC(2026, 0, 1, 12),
      digest: (text) => createHash('sha256').update(text).digest('hex'),
    }),
  };
}

let keys = 0;
function by(actor: Actor, key = `key-${(keys += 1)}`): Call {
  return { actor, idempotencyKey: key, signal: AbortSignal.timeout(10_000) };
}

async function begun({ beginConversation }: Scene, actor = ann): Promise<string> {
  return (await beginConversation({ params: {}, query: {}, body: { workspace: '', title: '' } }, by(actor))).id;
}

type Answered = Awaited<ReturnType<Handlers['ask']>>;
async function ask({ ask: answer }: Scene, question: string, conversation?: string, call = by(ann)): Promise<Answered> {
  return await answer(
    { params: {}, query: {}, body: { question, ...(conversation === undefined ? {} : { conversation }) } },
    call,
  );
}

async function read(
  { conversation }: Scene,
  id: string,
  actor = ann,
): Promise<Awaited<ReturnType<Handlers['conversation']>>> {
  return await conversation({ params: { id }, query: { limit: 100 }, body: {} }, by(actor));
}

describe('a conversation', () => {
  it('remembers each question with what was said, and takes the first one for its title', async () => {
    const at = scene();
    const id = await begun(at);
    await ask(at, 'why is api failing?', id);
    await ask(at, 'how many pods are in shop', id);
    const { conversation, turns } = await read(at, id);
    expect(conversation).toMatchObject({
      title: 'why is api failing?',
      turns: 2,
      updatedAt: '2026-01-01T12:00:00.000Z',
    });
    expect(turns[0]).toMatchObject({
      question: 'why is api failing?',
      intent: 'why-failing',
      outcome: 'answered',
      objects: [{ kind: 'Deployment', name: 'api' }],
    });
    expect(turns[0]?.causes).not.toEqual([]);
    expect(turns[1]?.lines.join('\n')).toContain('Pod shop/db-0');
  });

  it('lets a question lean on the one before, and says how it was taken', async () => {
    const at = scene();
    const id = await begun(at);
    await ask(at, 'is api healthy?', id);
    expect(await ask(at, 'and why?', id)).toMatchObject({
      question: 'and why?',
      understood: 'why is Deployment shop/api failing',
      intent: 'why-failing',
    });
    expect((await ask(at, 'who uses it?', id)).understood).toBe('who uses Deployment shop/api');
    expect((await read(at, id)).turns.map(({ understood }) => understood)).toEqual([
      '',
      'why is Deployment shop/api failing',
      'who uses Deployment shop/api',
    ]);
  });

  it('keeps the namespace that a question named, for the next one', async () => {
    const at = scene();
    const id = await begun(at);
    await ask(at, 'what is wrong in namespace shop?', id);
    expect((await ask(at, 'any better?', id)).understood).toBe('what is wrong in namespace shop');
  });

  it('is not leant on by a question outside of it, nor begun by one', async () => {
    const at = scene();
    await ask(at, 'is api healthy?', await begun(at));
    expect(await ask(at, 'why?')).toMatchObject({ outcome: 'not-understood' });
    expect(
      (await at.conversations({ params: {}, query: { limit: 10 }, body: {} }, by(ann))).conversations,
    ).toHaveLength(1);
  });

  it('is asked once by a call that is sent twice', async () => {
    const at = scene();
    const id = await begun(at);
    const call = by(ann, 'the-same-key');
    await ask(at, 'is api healthy?', id, call);
    await ask(at, 'is api healthy?', id, call);
    expect((await read(at, id)).turns).toHaveLength(1);
    const twice = by(ann, 'begun-twice');
    const begin = async (): Promise<string> =>
      (await at.beginConversation({ params: {}, query: {}, body: { workspace: '', title: 'T' } }, twice)).id;
    expect(await begin()).toBe(await begin());
  });

  it('is redacted before it is kept, title and all, and cut', async () => {
    const at = scene();
    const id = await begun(at);
    await ask(at, `why does api say password=hunter2-hunter2 ${'long '.repeat(300)}?`, id);
    await at.renameConversation({ params: { id }, query: {}, body: { title: 'token=abcdefgh12345678' } }, by(ann));
    const kept = JSON.stringify([
      await read(at, id),
      await at.conversations({ params: {}, query: { limit: 9 }, body: {} }, by(ann)),
    ]);
    expect(kept).not.toMatch(/hunter2|abcdefgh12345678/);
    expect(kept).toContain('[redacted]');
  });

  it('gives the answer even where it cannot be remembered, and says so', async () => {
    let failing = false;
    const at = scene(
      createMemoryStore({
        beforeWrite: () => {
          if (failing) throw new AutoDevOpsError('store.full', 'The disk is full.', 'Make room.');
        },
      }),
    );
    const id = await begun(at);
    failing = true;
    expect(await ask(at, 'is db healthy?', id)).toMatchObject({
      outcome: 'answered',
      lines: expect.arrayContaining(['This question is not remembered: The disk is full.']),
    });
  });

  it("is its owner's alone", async () => {
    const at = scene();
    const id = await begun(at);
    await ask(at, 'is api healthy?', id);
    const refused = [
      () => read(at, id, bob),
      () => ask(at, 'and why?', id, by(bob)),
      () => at.exportConversation({ params: { id }, query: {}, body: {} }, by(bob)),
      () => at.removeConversation({ params: { id }, query: {}, body: {} }, by(bob)),
      () => at.renameConversation({ params: { id }, query: {}, body: { title: 'x' } }, by(bob)),
    ];
    for (const attempt of refused) await expect(attempt()).rejects.toMatchObject({ code: 'object.not-found' });
    expect(
      (await at.searchConversations({ params: {}, query: { words: 'api', limit: 9 }, body: {} }, by(bob))).hits,
    ).toEqual([]);
    expect(
      (await at.searchConversations({ params: {}, query: { words: 'api', limit: 9 }, body: {} }, by(ann))).hits,
    ).toMatchObject([{ conversation: { id } }]);
  });

  it('is exported as Markdown in which nothing is markup', async () => {
    const at = scene();
    const id = await begun(at);
    await ask(at, 'why is api failing?', id);
    await ask(at, 'is <script>alert(1)</script> [x](http://evil) \u001B[31m @all healthy', id);
    const { markdown } = await at.exportConversation({ params: { id }, query: {}, body: {} }, by(ann));
    expect(markdown).toContain('# why is api failing?\n');
    expect(markdown).toContain('Deployment shop/api is not healthy');
    expect(markdown).not.toMatch(/<script|\]\(http|http:\/\/|\u001B|@all/);
  });

  it('is forgotten when its owner wants it', async () => {
    const at = scene();
    const id = await begun(at);
    await at.removeConversation({ params: { id }, query: {}, body: {} }, by(ann));
    await expect(read(at, id)).rejects.toMatchObject({
      code: 'object.not-found',
      message: `You have no conversation ${id}.`,
    });
  });
});
