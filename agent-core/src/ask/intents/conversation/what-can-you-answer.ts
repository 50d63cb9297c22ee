import type { Intent } from '../../intent.ts';

/** What can be asked: every intent's example is shown by `ask` itself. */
export const whatCanYouAnswer: Intent = {
  name: 'what-can-you-answer',
  example: 'what can you answer?',
  patterns: [
    /^(?:help|\?|what (?:can|could|do|may) (?:you|i|we) (?:do|ask|answer|know|help).*|what questions .*|how (?:do|can) (?:i|you) .*(?:ask|help|use).*|who are you|what are you)$/i,
  ],
  answer: () => ({ headline: 'I answer questions about a cluster by rules, from what can be read in it.' }),
};
