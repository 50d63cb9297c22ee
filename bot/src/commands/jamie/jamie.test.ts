import { describe, expect, it } from 'vitest';
import { expectHarmless, lettersOf } from '../../rendering/testing/harmless.ts';
import { answerSample, diagnosisSample } from '../../testing/diagnosis-samples.ts';
import { fakeAgent } from '../../testing/fake-agent.ts';
import { commandHandlers } from '../registry.ts';
import { failureOf, say } from '../testing/command-scene.ts';

const agentOf = () => fakeAgent({ ask: async () => answerSample(), diagnose: async () => diagnosisSample() });

describe('what is asked in words of a command is asked of the agent in plain words', () => {
  it.each([
    ['/jamie ask why is web failing?', { question: 'why is web failing?' }],
    ['/jamie ask “why is &lt;web&gt; failing” -n shop', { question: 'why is <web> failing', namespace: 'shop' }],
    ['/jamie ask what does --dry-run do', { question: 'what does --dry-run do' }],
    ['/jamie changes', { question: 'what changed in the last 1h' }],
    ['/jamie changes deploy/web --since 2h -n shop', { question: 'what changed with deploy/web in the last 2h', namespace: 'shop' }],
    ['/jamie logs deploy/web', { question: 'show the logs of deploy/web' }],
    ['/jamie graph deploy/web', { question: 'what does deploy/web talk to' }],
    ['/jamie graph cm/settings --users', { question: 'who uses cm/settings' }],
    ['/jamie explain pod.image.not-found', { question: 'what does pod.image.not-found mean' }],
  ])('%s', async (line, body) => {
    const agent = agentOf();
    await say(line, commandHandlers, { agent });
    expect(agent.calls).toEqual([{ endpoint: 'ask', given: { body } }]);
  });
});

it('a diagnosis is of what is named', async () => {
  const agent = agentOf();
  const { answers } = await say('/jamie diagnose deploy/web -n shop --hygiene', commandHandlers, { agent });
  expect(agent.callsOf('diagnose')).toEqual([{ body: { objects: [{ kind: 'Deployment', name: 'web', namespace: 'shop' }], namespaces: ['shop'], hygiene: true } }]);
  expect(lettersOf(answers[0] ?? expect.fail())).toContain('Image not found');
});

it('what is missing or wrong is told before the agent is asked', async () => {
  expect(await failureOf('/jamie ask', commandHandlers)).toMatchObject({ message: 'There is no question.' });
  expect(await failureOf('/jamie logs', commandHandlers)).toMatchObject({ message: 'The logs of what?' });
  expect(await failureOf('/jamie changes --since soon', commandHandlers)).toMatchObject({ message: '"soon" is no duration.' });
  expect(await failureOf('/jamie diagnose deploy/web --shar', commandHandlers)).toMatchObject({ remedy: 'Did you mean --share?' });
  expect(await failureOf(`/jamie ask ${'why '.repeat(1000)}`, commandHandlers)).toMatchObject({ message: 'A question has at most 2000 characters.' });
});

it('an answer with hostile text acts on nobody', async () => {
  const hostile = '<!channel> <https://evil.example|ok> *x* `y` \u202Egnp';
  const agent = fakeAgent({ ask: async () => answerSample({ headline: hostile, lines: [hostile], suggestions: [hostile], outcome: 'not-understood' }) });
  const { answers: [answer] } = await say('/jamie ask x', commandHandlers, { agent });
  expectHarmless(answer ?? expect.fail());
});
