import { asRecord, codePoints, isRecord, step } from './checking/values.ts';
import { lettersOf } from './checking/whole-payload.ts';
import { most } from './limits.ts';
import type { Problem } from './problem.ts';
import { validateBlocks } from './validate-blocks.ts';

/** The part of `chat.postMessage`, `chat.update` and their like that people see. */
export interface MessageContent {
  readonly text?: unknown;
  readonly blocks?: unknown;
  readonly attachments?: unknown;
  readonly metadata?: unknown;
}

function checkAttachments(attachments: unknown): readonly Problem[] {
  const at = '/attachments';
  if (!Array.isArray(attachments)) return [{ pointer: at, code: 'wrong_type', message: 'must be an array' }];
  const given: readonly unknown[] = attachments;
  const bound = most('messageAttachments');
  return [
    ...(given.length > bound
      ? [{ pointer: at, code: 'too_many', message: `no more than ${bound} items allowed`, constraint: bound } as const]
      : []),
    ...given.flatMap((attachment, index) => {
      const { blocks } = asRecord(attachment);
      return blocks === undefined ? [] : validateBlocks(blocks, 'message', step(step(at, index), 'blocks'));
    }),
  ];
}

/** `event_type` has letters, digits, dots, hyphens and underscores. https://docs.slack.dev/messaging/message-metadata */
function checkMetadata(metadata: unknown): readonly Problem[] {
  const at = '/metadata';
  if (!isRecord(metadata)) return [{ pointer: at, code: 'wrong_type', message: 'must be an object' }];
  const { event_type: type, event_payload: payload } = metadata;
  const bytes = new TextEncoder().encode(JSON.stringify(payload ?? {})).length;
  return [
    ...(typeof type === 'string' && /^[\w.-]{1,255}$/.test(type)
      ? []
      : [
          {
            pointer: step(at, 'event_type'),
            code: 'invalid_value',
            message: 'must be letters, digits, dots, hyphens and underscores',
          } as const,
        ]),
    ...(isRecord(payload)
      ? []
      : [{ pointer: step(at, 'event_payload'), code: 'wrong_type', message: 'must be an object' } as const]),
    ...(bytes > most('metadataBytes')
      ? [
          {
            pointer: step(at, 'event_payload'),
            code: 'too_long',
            message: `must be less than ${most('metadataBytes') + 1} bytes`,
            constraint: most('metadataBytes'),
          } as const,
        ]
      : []),
  ];
}

function checkText(text: unknown): readonly Problem[] {
  if (text === undefined) return [];
  if (typeof text !== 'string') return [{ pointer: '/text', code: 'wrong_type', message: 'must be a string' }];
  // Slack cuts a longer one in silence; whoever sends it should know.
  return codePoints(text) > most('messageText')
    ? [
        {
          pointer: '/text',
          code: 'too_long',
          message: `must be less than ${most('messageText') + 1} characters`,
          constraint: most('messageText'),
        },
      ]
    : [];
}

/** What Slack would refuse of this message; empty: it would take it. What is too long as a whole has the pointer `/blocks`: Slack's `msg_blocks_too_long`. */
export function validateMessage({ text, blocks, attachments, metadata }: MessageContent): readonly Problem[] {
  const isTooLong = lettersOf(blocks) > most('messageCharacters');
  return [
    ...checkText(text),
    ...(blocks === undefined ? [] : validateBlocks(blocks, 'message')),
    ...(isTooLong
      ? [
          {
            pointer: '/blocks',
            code: 'too_long',
            message: `all blocks together must be less than ${most('messageCharacters') + 1} characters`,
            constraint: most('messageCharacters'),
          } as const,
        ]
      : []),
    ...(attachments === undefined ? [] : checkAttachments(attachments)),
    ...(metadata === undefined ? [] : checkMetadata(metadata)),
  ];
}
