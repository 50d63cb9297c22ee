import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { fakeWindow } from '../testing/fake-window.ts';
import { sampleChange } from '../testing/sample-change.ts';
import { imageCause, problemDiagnosis } from '../testing/sample-diagnosis.ts';
import { answerInChat } from './answer-in-chat.ts';
import type { ChatAsked, ChatPart } from './answer-in-chat.ts';
import { runTool } from './run-tool.ts';

const signal = AbortSignal.timeout(20_000);
const web = { kind: 'Deployment', namespace: 'shop', name: 'web' };
const answer = {
  schemaVersion: 1 as const,
  question: 'q',
  intent: 'why',
  outcome: 'answered' as const,
  headline: 'The image does not exist.',
  lines: [],
  causes: [],
  objects: [],
  suggestions: [],
  blindSpots: [],
};

async function parts(window: Awaited<ReturnType<typeof fakeWindow>>, asked: ChatAsked): Promise<readonly ChatPart[]> {
  const told: ChatPart[] = [];
  for await (const part of answerInChat(window.parts, asked, signal)) told.push(part);
  return told;
}

describe('the native chat', () => {
  it('diagnoses where nothing is asked, and offers to fix what can be fixed', async () => {
    const told = await parts(await fakeWindow({ agent: { diagnose: problemDiagnosis } }), {
      command: undefined,
      prompt: '',
    });
    expect(told.map(({ kind }) => kind)).toEqual(['progress', 'page', 'button']);
    expect(told[2]).toEqual({
      kind: 'button',
      command: 'autodevops.proposeFix',
      title: 'Propose Fix: Deployment shop/web',
      argument: { type: 'cause', code: imageCause.code, object: web },
    });
  });

  it.each([
    [undefined, 'is it up?', 'is it up?'],
    ['why', 'is web failing?', 'why is web failing?'],
    ['changes', '', 'what changed in the last hour'],
    ['nonsense', 'is it up?', 'is it up?'],
  ])('asks in plain words (/%s %s)', async (command, prompt, question) => {
    const window = await fakeWindow({ agent: { ask: answer } });
    await parts(window, { command, prompt });
    expect(window.agent.calls).toEqual([['ask', { body: { question } }]]);
  });

  it('offers what would help a cause, and does nothing by itself', async () => {
    const window = await fakeWindow({ agent: { diagnose: problemDiagnosis } });
    const fix = (prompt: string): Promise<readonly ChatPart[]> => parts(window, { command: 'fix', prompt });
    expect((await fix('deployment web')).slice(1)).toEqual([
      { kind: 'page', text: imageCause.cause },
      {
        kind: 'button',
        command: 'autodevops.proposeFix',
        title: 'Propose Fix: Deployment shop/web',
        argument: { type: 'cause', code: imageCause.code, object: web },
      },
    ]);
    expect((await fix('nobody')).slice(1)).toEqual([{ kind: 'text', text: 'No present problem is called so.' }]);
    expect(window.agent.calls.map(([name]) => name)).toEqual(['diagnose', 'diagnose']);
  });

  it('leaves to a person what asks for more than a line', async () => {
    const window = await fakeWindow();
    expect(await parts(window, { command: 'logs', prompt: 'web' })).toEqual([
      { kind: 'button', command: 'autodevops.tailLogs', title: 'Tail Logs' },
    ]);
    expect(window.agent.calls).toEqual([]);
  });

  it('explains a code and refuses what is none', async () => {
    const window = await fakeWindow({ program: () => ({ stdout: 'means\n' }) });
    expect(await parts(window, { command: 'explain', prompt: ' pod.image.not-found ' })).toEqual([
      { kind: 'code', text: 'means\n' },
    ]);
    expect(await parts(window, { command: 'explain', prompt: '--help' })).toMatchObject([{ kind: 'text' }]);
    expect(window.ran).toEqual([['explain', 'pod.image.not-found']]);
  });

  it('tells what went wrong as a sentence', async () => {
    const window = await fakeWindow({
      agent: {
        ask: () => {
          throw new AutoDevOpsError('cluster.unreachable', 'It does not answer.', 'Start it.');
        },
      },
    });
    expect((await parts(window, { command: undefined, prompt: 'x' })).at(-1)).toEqual({
      kind: 'text',
      text: 'It does not answer. Start it.',
    });
  });
});

describe('tools for other assistants', () => {
  it('give causes without their quotations, and quotations of one cause', async () => {
    const { parts: window } = await fakeWindow({ agent: { diagnose: problemDiagnosis } });
    const diagnosis = await runTool(window, 'autodevops_diagnose', {}, signal);
    expect(JSON.parse(diagnosis)).toMatchObject({ causes: [{ code: imageCause.code, quotations: 1 }, {}] });
    expect(diagnosis).not.toContain('Failed to pull image');
    expect(await runTool(window, 'autodevops_evidence', { code: imageCause.code, ...web }, signal)).toContain(
      'Failed to pull image',
    );
    await expect(runTool(window, 'autodevops_evidence', { code: 'gone', ...web }, signal)).rejects.toThrow(
      'That is not diagnosed now.',
    );
  });

  it('propose, and never approve', async () => {
    const window = await fakeWindow({ agent: { propose: sampleChange() } });
    const given = {
      requests: [{ action: 'restart', target: { ...imageCause.object }, params: {} }],
      reason: 'because',
    };
    expect(JSON.parse(await runTool(window.parts, 'autodevops_propose', given, signal))).toEqual({
      id: 'chg-a1b2c3d4e5f6',
      state: 'waiting',
      says: 'Waits for one yes.',
      tier: 'one',
    });
    expect(window.agent.calls.map(([name]) => name)).toEqual(['propose']);
  });

  it('read what a model made up before they believe it', async () => {
    const window = await fakeWindow();
    await expect(
      runTool(window.parts, 'autodevops_propose', { requests: [], reason: 'x', direct: true }, signal),
    ).rejects.toThrow('The input is not valid');
    await expect(runTool(window.parts, 'autodevops_diagnose', 'everything', signal)).rejects.toThrow(
      'The input is not valid',
    );
    expect(window.agent.calls).toEqual([]);
  });

  it('do nothing where the person has turned them off', async () => {
    const window = await fakeWindow({ settings: { 'chat.tools': false } });
    await expect(runTool(window.parts, 'autodevops_diagnose', {}, signal)).rejects.toThrow('turned these tools off');
  });
});
