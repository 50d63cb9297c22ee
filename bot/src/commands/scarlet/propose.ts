import { namespaceOption } from '../jamie/asking.ts';
import { subCommand } from '../sub-command.ts';
import { objectsFrom } from '../words/object-words.ts';
import { proposalAnswer } from './proposal-answer.ts';
import { causeMeant, valuesFrom, waysFor } from './proposal-choice.ts';

export const propose = subCommand({
  name: 'propose',
  operands: '[KIND/NAME ...]',
  says: 'Proposes what would help what is wrong there, or the worst problem. Who has to agree is what the policy says.',
  examples: [
    'propose',
    'propose deploy/web -n shop',
    'propose deploy/web --action set-environment --set value=postgres:5432',
  ],
  need: 'act',
  options: {
    ...namespaceOption,
    action: { takes: 'value', value: 'ACTION', says: 'Of several ways this one.' },
    set: {
      takes: 'values',
      value: 'KEY=VALUE',
      says: 'What only you know; may be given several times. Lists and maps as JSON.',
    },
    yes: { takes: 'nothing', says: 'Do it at once, where the policy asks nobody.' },
  },
  run: async ({ operands, options: { namespace, action, set, yes } }, surroundings) => {
    const { agent, signal } = surroundings;
    const objects = objectsFrom(operands, namespace);
    const values = valuesFrom(set);
    const fixes = await agent.fixes(
      { body: { objects: [...objects], namespaces: namespace === undefined ? [] : [namespace] } },
      { signal },
    );
    const fixable = causeMeant(fixes, objects);
    return await proposalAnswer(fixable, waysFor(fixable, { action, values }), yes, surroundings);
  },
});
