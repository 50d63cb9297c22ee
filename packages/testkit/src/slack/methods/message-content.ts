import type { Arguments } from '../server/arguments.ts';
import { recordOf, textOf } from '../server/arguments.ts';
import { explained, SlackError } from '../server/slack-error.ts';
import { responseMessages } from '../rules/problem.ts';
import type { Problem } from '../rules/problem.ts';
import { validateMessage } from '../rules/validate-message.ts';
import { withBlockIds } from '../state/block-ids.ts';
import type { Block, MessageContent } from '../state/messages.ts';

/** What is longer is cut. https://docs.slack.dev/changelog/2018-truncating-really-long-messages */
const longestText = 40_000;

/** What Slack calls the problems of a part of a message. */
function codeOf({ pointer, code }: Problem): string {
  if (pointer === '/blocks' && code === 'too_long') return 'msg_blocks_too_long';
  if (pointer.startsWith('/attachments')) return 'invalid_attachments';
  if (pointer.startsWith('/metadata')) return 'invalid_metadata_format';
  return pointer.startsWith('/text') || pointer.startsWith('/markdown_text') ? 'msg_too_long' : 'invalid_blocks';
}

export function refuseProblems(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const messages = responseMessages(problems);
  throw explained(codeOf(first), messages, { errors: messages.map((one) => one.replace('[ERROR] ', '')) });
}

/** A message's content from the arguments of a method; refused with the code that Slack has for what is wrong. */
export function readContent(args: Arguments): MessageContent {
  const { text, blocks, attachments, metadata, markdown_text: markdown } = args;
  const isEmpty = (value: unknown): boolean =>
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if ([text, blocks, attachments, markdown].every(isEmpty)) throw new SlackError('no_text');
  if (!isEmpty(markdown) && !(isEmpty(text) && isEmpty(blocks))) throw new SlackError('markdown_text_conflict');
  const shown = isEmpty(markdown) ? blocks : [{ type: 'markdown', text: markdown }];
  const problems = validateMessage({
    ...(isEmpty(text) ? {} : { text: [...textOf(args, 'text')].slice(0, longestText).join('') }),
    ...(isEmpty(shown) ? {} : { blocks: shown }),
    ...(isEmpty(attachments) ? {} : { attachments }),
    ...(isEmpty(metadata) ? {} : { metadata }),
  });
  refuseProblems(problems);
  return {
    text: [...(textOf(args, 'text') || textOf(args, 'markdown_text'))].slice(0, longestText).join(''),
    ...(isEmpty(shown) ? {} : { blocks: withBlockIds(shown as readonly Block[]) }),
    ...(isEmpty(attachments)
      ? {}
      : {
          attachments: (attachments as readonly Record<string, unknown>[]).map((one, index) => ({
            id: index + 1,
            ...one,
          })),
        }),
    ...(isEmpty(metadata) ? {} : { metadata: recordOf(metadata) as NonNullable<MessageContent['metadata']> }),
  };
}
