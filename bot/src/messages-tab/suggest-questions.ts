import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Surroundings } from '../handling/handler.ts';
import { suggestedPrompts } from '../rendering/answer/suggested-prompts.ts';

/** Somebody opens the conversation with the bot: above it stand questions about what is wrong now. */
export async function suggestQuestions(channel: string, { agent, slack, signal }: Surroundings): Promise<void> {
  const causes = await agent.diagnose({ body: {} }, { signal }).then(
    (diagnosis) => diagnosis.causes,
    (error: unknown) => {
      // Not linked, or the agent is away: questions that always make sense are suggested all the same.
      if (error instanceof AutoDevOpsError) return [];
      throw error;
    },
  );
  await slack.suggestPrompts(channel, suggestedPrompts(causes), signal);
}
