import type { Answer } from '@autodevops/domain/answer';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Surroundings } from '../../handling/handler.ts';
import { answerMessage } from '../../rendering/answer/answer-message.ts';
import { seenCauseButtons } from '../../rendering/diagnosis/seen-cause.ts';
import type { Reply } from '../sub-command.ts';

/** As many as the agent takes. */
const longest = 2000;

export const namespaceOption = {
  namespace: { takes: 'value', short: 'n', value: 'NAMESPACE', says: 'Only what is in this namespace.' },
} as const;

/** Asks the agent one question by itself. Throws `usage` for one that is too long. */
export async function askOnce(
  question: string,
  namespace: string | undefined,
  { agent, signal }: Surroundings,
): Promise<Answer> {
  if (question.length > longest) {
    throw new AutoDevOpsError('usage', `A question has at most ${longest} characters.`, 'Ask in fewer words.');
  }
  return await agent.ask({ body: { question, ...(namespace === undefined ? {} : { namespace }) } }, { signal });
}

export function answered(answer: Answer): Reply {
  return {
    render: (share) => answerMessage(answer, { ...seenCauseButtons, ...(share === undefined ? {} : { share }) }),
    isShareable: true,
  };
}
