import { z } from 'zod';
import { actions } from '@autodevops/agent-core/scarlet/actions';
import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { printable } from '@autodevops/domain/printable';
import { command } from '../../command.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { didYouMean, usageError } from '../../options/usage-error.ts';
import { finish } from '../../render/change-text.ts';
import { structuredText } from '../../render/structured.ts';
import { table } from '../../terminal/table.ts';

type Action = (typeof actions)[number];

interface Parameter {
  readonly name: string;
  readonly needed: boolean;
  readonly says: string;
}

function parametersOf({ params }: Action): readonly Parameter[] {
  const { properties = {}, required = [] } = z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    needed: required.includes(name),
    says: typeof schema === 'object' ? (schema.description ?? '') : '',
  }));
}

function usageOf(action: Action): string {
  const words = parametersOf(action).map(({ name, needed }) => (needed ? `${name}=…` : `[${name}=…]`));
  return [action.name, `${action.kinds[0] ?? 'KIND'}/NAME`, ...words].join(' ');
}

export const changeActionsCommand = command({
  operands: '[ACTION]',
  description:
    'What can be proposed: every action of the catalogue, on which kinds, and what it takes. What is not here cannot be done.',
  examples: [['autodevops change actions scale', 'one of them, with its parameters']],
  options: { output: structured, ...everywhere },
  run: async ({ options: { output }, positionals: [name], surroundings, look }) => {
    const chosen = name === undefined ? actions : actions.filter((action) => action.name === name);
    if (chosen.length === 0) {
      throw usageError(
        `There is no action "${printable(name ?? '')}".`,
        didYouMean(
          [
            ...nearMatches(
              name ?? '',
              actions.map((action) => action.name),
            ),
          ],
          '`autodevops change actions` lists them.',
        ),
      );
    }
    const rows = chosen.map((action) => ({
      action: action.name,
      title: action.title,
      kinds: action.kinds,
      risk: action.risk,
      params: parametersOf(action),
    }));
    if (output !== 'text') surroundings.stdout.write(await structuredText({ actions: rows }, output));
    else if (name === undefined) {
      surroundings.stdout.write(
        finish(
          table(
            look,
            ['action', 'what it does', 'on'],
            rows.map((row) => [row.action, row.title, row.kinds.join(', ')]),
          ),
          look,
        ),
      );
    } else {
      surroundings.stdout.write(
        finish(
          [
            ...chosen.map(usageOf),
            '',
            ...table(
              look,
              ['parameter', 'needed', 'is'],
              rows.flatMap((row) => row.params.map((one) => [one.name, one.needed ? 'yes' : 'no', one.says])),
            ),
          ],
          look,
        ),
      );
    }
    return 0;
  },
});
