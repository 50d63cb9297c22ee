import { expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { homeOpened } from '../home/home-opened.ts';
import { causeSample, diagnosisSample } from '../testing/diagnosis-samples.ts';
import { fakeAgent } from '../testing/fake-agent.ts';
import type { FakeAgent } from '../testing/fake-agent.ts';
import { scene } from '../testing/surroundings.ts';

async function promptsOf(agent: FakeAgent): Promise<readonly { readonly title: string; readonly message: string }[]> {
  const { surroundings, slack } = scene({ agent });
  await homeOpened.handle(
    homeOpened.payload.parse({ event: { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'messages' } }),
    surroundings,
  );
  const [channel, prompts] = slack.callsOf('suggestPrompts')[0] ?? expect.fail();
  expect(channel).toBe('D1');
  return prompts as Awaited<ReturnType<typeof promptsOf>>;
}

it('above the conversation stand questions about what is wrong now', async () => {
  const prompts = await promptsOf(
    fakeAgent({ diagnose: async () => diagnosisSample({ causes: [causeSample(), causeSample({ rank: 2 })] }) }),
  );
  expect(prompts).toEqual([
    { title: 'Why is web failing?', message: 'why is Deployment shop/web failing?' },
    { title: 'What is wrong?', message: 'what is wrong?' },
    { title: 'What changed in the last hour?', message: 'what changed in the last hour?' },
    { title: 'What can you answer?', message: 'what can you answer?' },
  ]);
});

it('Slack takes four of them, of no more than its length', async () => {
  const causes = ['a', 'b', 'c', 'd'].map((name) =>
    causeSample({ object: { ...causeSample().object, name: name.repeat(200) } }),
  );
  const prompts = await promptsOf(fakeAgent({ diagnose: async () => diagnosisSample({ causes }) }));
  expect(prompts).toHaveLength(4);
  expect(prompts.every(({ title }) => title.length <= 75)).toBe(true);
});

it('without an agent, or for who is not linked, there stands what can always be asked', async () => {
  for (const code of ['agent.unreachable', 'change.not-allowed'] as const) {
    expect(
      await promptsOf(
        fakeAgent({
          diagnose: async () => {
            throw new AutoDevOpsError(code, 'No.', 'Wait.');
          },
        }),
      ),
    ).toHaveLength(3);
  }
});
