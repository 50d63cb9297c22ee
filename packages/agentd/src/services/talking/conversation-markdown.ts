import type { Conversation, Turn } from '@autodevops/domain/conversation';
import { markdownText } from '@autodevops/domain/markdown-text';
import { refText } from '@autodevops/domain/object-ref';
import { printable } from '@autodevops/domain/printable';

function safe(text: string): string {
  return markdownText(printable(text.replaceAll(/\s+/g, ' ').trim()));
}

function turnBlock({ time, question, understood, namespace, headline, lines, causes }: Turn): readonly string[] {
  const where = namespace === '' ? '' : `, in namespace ${namespace}`;
  return [
    `## ${safe(question) || 'A question'}`,
    '',
    safe(`${time}${where}`),
    ...(understood === '' ? [] : ['', `Taken as: ${safe(understood)}`]),
    '',
    `**${safe(headline)}**`,
    ...(lines.length === 0 ? [] : ['', ...lines.map((line) => `- ${safe(line)}`)]),
    ...(causes.length === 0
      ? []
      : [
          '',
          ...causes.map(
            ({ code, object, cause }, at) => `${at + 1}. ${safe(refText(object))} (${safe(code)}): ${safe(cause)}`,
          ),
        ]),
    '',
  ];
}

/** A conversation for a ticket, a wiki or a chat. All text in it is shown, none of it is markup. */
export function conversationMarkdown({ title, begunAt, turns: asked }: Conversation, turns: readonly Turn[]): string {
  const left = asked - turns.length;
  return [
    `# ${safe(title) || 'A conversation'}`,
    '',
    safe(`Begun ${begunAt}.${left > 0 ? ` The first ${left} questions are left out.` : ''}`),
    '',
    ...turns.flatMap(turnBlock),
  ].join('\n');
}
