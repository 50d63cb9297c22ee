/** What can be asked by name, in the sidebar and in the native chat alike. */
export const slashCommands = {
  diagnose: 'What is wrong, why, and what to do.',
  fix: 'What would help; nothing is done before you agree.',
  why: 'Why something is as it is.',
  changes: 'What changed lately.',
  logs: 'The last lines of a log.',
  graph: 'Who leans on whom.',
  explain: 'What a code means.',
  policy: 'What the policy says of an action.',
} as const;
export type SlashCommand = keyof typeof slashCommands;

export const participant = {
  id: 'autodevops.jamie',
  name: 'jamie',
  fullName: 'Jamie',
  description: 'Asks a Kubernetes cluster: what is wrong, why, since when and what to do.',
} as const;
