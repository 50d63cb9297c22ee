import { describe, expect, it, vi } from 'vitest';
import { healthyDiagnosis, imageCause, manyCauses, problemDiagnosis } from '../testing/sample-diagnosis.ts';
import { answer, linkNamed, part, scene, text } from './testing/chat-scene.ts';

describe('/diagnose', () => {
  it('shows findings first, then evidence, what changed, and what would help', async () => {
    const { ask, told } = await scene();
    const turn = await ask('/diagnose');
    expect(turn.how).toBe('done');
    expect(turn.parts.map(({ id }) => id)).toEqual(
      ['headline', 'causes', 'blind', 'information', 'observed', 'timeline', 'users', 'needs', 'fix-1'].filter(
        (id) => id !== 'users' && id !== 'needs',
      ),
    );
    const stages = told.flatMap((one) =>
      one.type === 'part' && one.part.kind === 'causes' ? [one.part.causes[0]?.evidence.length] : [],
    );
    expect(stages).toEqual([0, 1]);
    expect(text(part(turn, 'facts', 'timeline').lines)).toBe('4 minutes ago · Deployment shop/web · revision 7');
    expect(
      told.some((one) => one.type === 'part' && one.part.kind === 'progress' && one.part.text === 'Listing pods'),
    ).toBe(true);
  });

  it('shows at once what is known already', async () => {
    const { ask, told, window } = await scene(
      {},
      { findings: [{ id: '1', event: { type: 'diagnosis', diagnosis: healthyDiagnosis } }] as never },
    );
    window.parts.problems.follow();
    await vi.waitFor(() => expect(window.parts.problems.state.value.kind).toBe('live'));
    window.agent.calls.length = 0;
    await ask('/diagnose');
    const [first] = told.flatMap((one) =>
      one.type === 'part' && one.part.kind === 'says' ? [text(one.part.lines)] : [],
    );
    expect(first).toBe('Nothing is wrong among 31 pods.');
  });

  it('of 5,000 causes shows a page, and another when it is asked for', async () => {
    const { ask, say, welcome, told } = await scene(
      {},
      {
        diagnosis: [{ id: '1', event: { type: 'final', diagnosis: manyCauses(5000) } }] as never,
        fixes: { diagnosis: problemDiagnosis, fixes: [] },
      },
    );
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
    expect(window.agent.calls.filter(([name]) => name === 'beginConversation')).toEqual([
      ['beginConversation', { body: { workspace: '/home/ann/shop' } }],
    ]);
    expect(window.agent.calls).toContainEqual([
      'ask',
      { body: { question: 'what is wrong', conversation: 'cnv-a1b2c3' } },
    ]);
  });

  it('of a file looks at what that describes', async () => {
    const { ask, window, say } = await scene();
    const turn = await ask('/diagnose #file');
    expect(window.agent.calls.find(([name]) => name === 'diagnose')?.[1]).toMatchObject({
      body: { objects: [{ kind: 'Deployment', name: 'web', namespace: 'shop' }] },
    });
    await say({ type: 'follow', link: linkNamed(turn, 'web.yaml') as never });
    expect(window.opened).toEqual(['/home/ann/shop/web.yaml:1']);
  });
});

describe('a question in plain words', () => {
  it('is asked in the conversation, with the namespace of what it names', async () => {
    const { ask, window } = await scene();
    const turn = await ask('is #Deployment/shop/web healthy?');
    expect(window.agent.calls.find(([name]) => name === 'ask')?.[1]).toEqual({
      body: { question: 'is deployment/web healthy?', conversation: 'cnv-a1b2c3', namespace: 'shop' },
    });
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
    const { ask, told } = await scene(
      {},
      {
        ask: answer({
          headline: evil,
          lines: [evil],
          suggestions: [evil],
          table: { columns: [evil], rows: [[evil]] },
          causes: [
            {
              ...imageCause,
              cause: evil,
              impact: evil,
              evidence: [{ source: 'log', object: imageCause.object, quote: evil, time: evil }],
            },
          ],
        }),
      },
    );
    await ask('why');
    const all = JSON.stringify(told);
    expect(all).not.toMatch(/\\u001b|\u202E|\\u202e/);
    expect(all).toContain(String.raw`\\x1b[2J\\u{202e}[x](command:workbench.action.quit) <script>`);
    expect(
      [...all.matchAll(/"link":"([^"]*)"/g)].map(([, link]) => link).every((link) => /^l-\d+$/.test(link ?? '')),
    ).toBe(true);
  });

  it('can be stopped, asked again, edited and copied', async () => {
    let answerNow: () => void = () => undefined;
    const { say, told, window, welcome } = await scene(
      {},
      {
        ask: (() =>
          new Promise((resolve) => {
            answerNow = () => resolve(answer());
          })) as never,
      },
    );
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
