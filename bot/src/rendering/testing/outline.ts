import type { View } from '@slack/types';
import type { SlackMessage } from '../../slack/slack-api.ts';

type Node = Readonly<Record<string, unknown>>;

function list(value: unknown): readonly Node[] {
  return Array.isArray(value) ? (value as Node[]) : [];
}

function textOf(value: unknown): string {
  const { text, fallback } = (value ?? {}) as Node;
  return typeof text === 'string'
    ? text
    : typeof fallback === 'string'
      ? fallback
      : typeof text === 'object'
        ? textOf(text)
        : '';
}

function inline(elements: unknown): string {
  return list(elements)
    .map((element) => {
      const { bold, code, italic } = (element['style'] ?? {}) as Readonly<Record<string, boolean>>;
      const mark = bold === true ? '**' : code === true ? '`' : italic === true ? '_' : '';
      return `${mark}${textOf(element)}${mark}`;
    })
    .join('');
}

function richText(block: Node): readonly string[] {
  return list(block['elements']).flatMap((element) => {
    switch (element['type']) {
      case 'rich_text_list':
        return list(element['elements']).map((item) => `- ${inline(item['elements'])}`);
      case 'rich_text_quote':
        return [`> ${inline(element['elements'])}`];
      case 'rich_text_preformatted':
        return ['```', inline(element['elements']), '```'];
      default:
        return [inline(element['elements'])];
    }
  });
}

function elementOutline(element: Node): string {
  return element['type'] === 'button'
    ? `[${textOf(element)} → ${String(element['action_id'])} ${String(element['value'])}]`
    : `{${String(element['type'])} ${String(element['action_id'])}}`;
}

function blockOutline(block: Node): readonly string[] {
  switch (block['type']) {
    case 'header':
      return [`# ${textOf(block)}`];
    case 'divider':
      return ['---'];
    case 'rich_text':
      return richText(block);
    case 'context':
      return [`(${list(block['elements']).map(textOf).join(' | ')})`];
    case 'actions':
      return [list(block['elements']).map(elementOutline).join(' ')];
    case 'input':
      return [
        `${textOf(block['label'])}${block['optional'] === true ? ' (optional)' : ''}: ${elementOutline(block['element'] as Node)}`,
      ];
    case 'table':
      return (block['rows'] as readonly (readonly Node[])[]).map((row) => `| ${row.map(textOf).join(' | ')} |`);
    default:
      return [JSON.stringify(block)];
  }
}

/** A message or a view as a person reads it, in lines, for a snapshot that people can judge. */
export function outline(content: SlackMessage | View): string {
  const blocks = list(content.blocks).flatMap(blockOutline);
  // Its first line; the rest of the text says what the blocks show.
  const head = 'text' in content ? [`notification: ${content.text.split('\n')[0] ?? ''}`, ''] : [];
  return `${[...head, ...blocks].join('\n')}\n`;
}
