/** What the command line is told, and what people say in Slack for the same. */
const sameInSlack: Readonly<Record<string, string>> = {
  ask: '/jamie ask',
  'change cancel': '/scarlet reject',
  'change list': '/scarlet status',
  'change show': '/scarlet show',
  'change undo': '/scarlet undo',
  'change watch': '/scarlet show',
  diagnose: '/jamie diagnose',
  explain: '/jamie explain',
  fix: '/scarlet propose',
  graph: '/jamie graph',
  'incident list': '/incident list',
  'incident show': '/incident show',
  'kill-switch': '/scarlet kill-switch',
};

const inTerminal = new RegExp(String.raw`\bautodevops (${Object.keys(sameInSlack).join('|')})(?![\w-])`, 'g');

/** A sentence of the agent, who names commands of a terminal: those that Slack has too are named as there. */
export function saidInSlack(text: string): string {
  return text.replaceAll(inTerminal, (_command, words: string) => sameInSlack[words] ?? '');
}

/** What a sentence may then name. */
export const namedInSlack: readonly string[] = Object.values(sameInSlack);
