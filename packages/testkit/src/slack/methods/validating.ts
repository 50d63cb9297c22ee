import type { ApiMethod } from '../server/api-method.ts';
import { recordOf } from '../server/arguments.ts';
import { SlackError } from '../server/slack-error.ts';
import type { Problem } from '../rules/problem.ts';
import { validateBlocks } from '../rules/validate-blocks.ts';
import { validateMessage } from '../rules/validate-message.ts';
import { validateView } from '../rules/validate-view.ts';

function problemsOf(args: Readonly<Record<string, unknown>>): readonly Problem[] {
  const { blocks, message, view } = args;
  const given = [blocks, message, view].filter((one) => one !== undefined);
  if (given.length !== 1) throw new SlackError('invalid_arguments');
  if (view !== undefined) return validateView(view);
  return message === undefined ? validateBlocks(blocks, 'message') : validateMessage(recordOf(message));
}

/** Says what Slack would refuse of blocks, a message or a view; needs no token. */
const validate: ApiMethod = ({ args }) => {
  const errors = problemsOf(args);
  return { valid: errors.length === 0, errors };
};

export const validatingMethods: Readonly<Record<string, ApiMethod>> = { 'blocks.validate': validate };
