import { expect } from 'vitest';
import { printable } from '@autodevops/domain/printable';
import { responseMessages } from '@autodevops/testkit/slack/rules/problem';
import { validateMessage } from '@autodevops/testkit/slack/rules/validate-message';
import { validateView } from '@autodevops/testkit/slack/rules/validate-view';
import type { View } from '@slack/types';
import { ownServer } from './arbitrary-of.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { messageBounds, weightOf } from '../budget/fit.ts';

type Node = Readonly<Record<string, unknown>>;

function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Node;
  for (const part of Object.values(value)) yield* nodesOf(part);
}

/** Elements by which something foreign could call people, lead somewhere or look like ours. */
const acting = new Set([
  'broadcast',
  'user',
  'usergroup',
  'channel',
  'team',
  'link',
  'emoji',
  'markdown',
  'image',
  'video',
]);

function marksOf(text: string): readonly string[] {
  return [
    ...(/[<>]/.test(text) ? ['is markup'] : []),
    ...(/&(?!amp;|lt;|gt;|…|a?m?p?…|[lg]?t?…)/.test(text) ? ['has a bare &'] : []),
    ...(/(?<!\u2060)[*_~`](?!\u2060)/.test(text) ? ['is formatted'] : []),
  ];
}

/** To a server that an administrator named. */
function isOwnLink({ type, url }: Node): boolean {
  return type === 'link' && typeof url === 'string' && url.startsWith(ownServer);
}

function illsOf(node: Node): readonly string[] {
  const { type, text, emoji } = node;
  return [
    ...(typeof type === 'string' && acting.has(type) && !isOwnLink(node) ? [`${type} element`] : []),
    ...(type === 'plain_text' && emoji !== false ? ['plain text that makes emoji'] : []),
    ...(type === 'mrkdwn' ? marksOf(String(text)) : []),
    ...Object.values(node)
      .filter((part) => typeof part === 'string')
      .filter(
        (part) => !part.isWellFormed() || printable(part.replaceAll('\u2060', '')) !== part.replaceAll('\u2060', ''),
      )
      .map(() => 'what cannot be seen'),
  ];
}

/** Slack takes it, and nothing in it calls, links, formats or hides. */
export function expectHarmless(message: SlackMessage): void {
  expect(responseMessages(validateMessage(message))).toEqual([]);
  expect(weightOf(message.blocks)).toBeLessThanOrEqual(messageBounds.characters);
  expect(message.text).toMatch(/\S/);
  expect(marksOf(message.text)).toEqual([]);
  expect([...nodesOf(message)].flatMap(illsOf)).toEqual([]);
}

export function expectHarmlessView(view: View): void {
  expect(responseMessages(validateView(view))).toEqual([]);
  expect([...nodesOf(view)].flatMap(illsOf)).toEqual([]);
}

/** All that stands in it, line by line. */
export function lettersOf(content: SlackMessage | View): string {
  return [...nodesOf(content)]
    .map(({ text, fallback }) => (typeof text === 'string' ? text : typeof fallback === 'string' ? fallback : ''))
    .filter((text) => text !== '')
    .join('\n');
}

export function actionsOf(content: SlackMessage | View): readonly string[] {
  return [...nodesOf(content)].flatMap(({ type, action_id: action }) =>
    type === 'button' && typeof action === 'string' ? [action] : [],
  );
}
