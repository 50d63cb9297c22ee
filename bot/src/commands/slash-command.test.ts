import { describe, expect, it } from 'vitest';
import type { Need } from '../handling/handler.ts';
import { actionsOf, expectHarmless, lettersOf } from '../rendering/testing/harmless.ts';
import { answerSample } from '../testing/diagnosis-samples.ts';
import { fakeAgent } from '../testing/fake-agent.ts';
import { commandHandlers, slashCommands } from './registry.ts';
import { needOfText } from './slash-command.ts';
import type { SlashCommand } from './slash-command.ts';
import { failureOf, responseUrl, say } from './testing/command-scene.ts';

const answering = () => fakeAgent({ ask: async () => answerSample() });
const command = (name: string): SlashCommand =>
  slashCommands.find((one) => one.name === name) ?? expect.fail(`there is no ${name}`);

describe('help', () => {
  it('lists the words of each command, for the asker alone, and needs nothing of the agent', async () => {
    for (const { name, words } of slashCommands) {
      const {
        answers: [answer],
      } = await say(`${name} help`, commandHandlers);
      expect(answer).toBeDefined();
      if (answer === undefined) continue;
      expectHarmless(answer);
      expect(answer.isShared).toBeUndefined();
      for (const word of words) expect(lettersOf(answer)).toContain(`${name} ${word.name}`);
    }
  });

  it('comes for no words, and for --help behind a word', async () => {
    expect(lettersOf((await say('/jamie', commandHandlers)).answers[0] ?? expect.fail())).toContain(
      '/jamie ask QUESTION',
    );
    expect(lettersOf((await say('/incident open --help', commandHandlers)).answers[0] ?? expect.fail())).toContain(
      '--severity SEVERITY',
    );
  });

  it('tells of each word its options and examples', async () => {
    for (const { name, words } of slashCommands) {
      for (const word of words) {
        const {
          answers: [answer],
        } = await say(`${name} help ${word.name}`, commandHandlers);
        if (answer === undefined) expect.fail();
        expectHarmless(answer);
        for (const option of Object.keys(word.options)) expect(lettersOf(answer)).toContain(`--${option}`);
        for (const example of word.examples) expect(lettersOf(answer)).toContain(`${name} ${example}`);
      }
    }
  });
});

describe('an unknown word', () => {
  it('is told with the nearest one', async () => {
    expect(await failureOf('/scarlet aprove last', commandHandlers)).toMatchObject({
      code: 'usage',
      message: '/scarlet knows no word aprove.',
      remedy: 'Did you mean /scarlet approve?',
    });
    expect(await failureOf('/jamie diagnos', commandHandlers)).toMatchObject({
      remedy: 'Did you mean /jamie diagnose?',
    });
  });

  it('that resembles none is answered with where to look', async () => {
    expect(await failureOf('/incident xyzzy', commandHandlers)).toMatchObject({
      remedy: '/incident help shows those that it knows.',
    });
  });

  it('does not become more than a line', async () => {
    expect((await failureOf(`/incident ${'x'.repeat(5000)}`, commandHandlers)).message.length).toBeLessThan(120);
  });
});

it('Jamie takes several words without `ask` before them as a question', async () => {
  const agent = answering();
  await say('/jamie why is web failing?', commandHandlers, { agent });
  expect(agent.callsOf('ask')).toEqual([{ body: { question: 'why is web failing?' } }]);
});

describe('what a line needs', () => {
  it.each<[string, string, Need]>([
    ['/jamie', '', 'help'],
    ['/jamie', 'help', 'help'],
    ['/jamie', 'ask why', 'read'],
    ['/jamie', 'why is web down', 'read'],
    ['/jamie', 'xyzzy', 'help'],
    ['/scarlet', 'approve last', 'act'],
    ['/scarlet', 'APPROVE last', 'act'],
    ['/scarlet', '“approve” last', 'act'],
    ['/scarlet', 'show last', 'read'],
    ['/incident', 'open x', 'act'],
    ['/incident', 'open --help', 'help'],
    ['/incident', 'list', 'read'],
    ['/incident', 'postmortem last', 'read'],
    ['/incident', 'postmortem last --file', 'read'],
    ['/incident', 'postmortem last —propose runbooks', 'act'],
    ['/incident', 'postmortem last --propose=runbooks', 'act'],
    ['/incident', 'postmortem last “--propose”', 'read'],
    ['/autodevops', 'link ABC', 'link'],
    ['/autodevops', 'whoami', 'link'],
    ['/customer', 'show', 'read'],
  ])('%s %s: %s', (name, text, need) => {
    expect(needOfText(text, command(name))).toBe(need);
  });

  it('is by its handler, and never less than the word that is run', () => {
    for (const { name, words } of slashCommands) {
      const handler = commandHandlers.find((one) => one.name === `command.${name}`);
      for (const word of words) expect(handler?.needOf?.({ text: `${word.name} x` } as never)).toBe(word.need);
    }
  });
});

describe('an answer', () => {
  it("is the asker's alone, and can be shared", async () => {
    const { answers, slack } = await say('/jamie ask why is web failing?', commandHandlers, { agent: answering() });
    expect(slack.callsOf('respond')).toHaveLength(1);
    expect(slack.callsOf('respond')[0]?.[0]).toBe(responseUrl);
    expect(answers[0]?.isShared).toBeUndefined();
    expect(actionsOf(answers[0] ?? expect.fail())).toContain('share-answer');
  });

  it("is everybody's with --share, says who asked, and has no button to share it again", async () => {
    const {
      answers: [answer],
    } = await say('/jamie ask why is web failing? —share', commandHandlers, { agent: answering() });
    if (answer === undefined) expect.fail();
    expectHarmless({ text: answer.text, blocks: answer.blocks });
    expect(answer.isShared).toBe(true);
    expect(lettersOf(answer)).toContain('Asked for and shared by Ann.');
    expect(actionsOf(answer)).not.toContain('share-answer');
  });
});
