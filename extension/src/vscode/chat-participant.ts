import { chat, MarkdownString, Uri } from 'vscode';
import type { ChatRequestHandler, Disposable, ExtensionContext } from 'vscode';
import { participant } from '../contributions/chat.ts';
import type { ChatPart } from '../chat/answer-in-chat.ts';
import { pageMarkdown, tableMarkdown } from '../documents/page-markdown.ts';
import type { WindowParts } from '../window-parts.ts';
import { signalOf } from './language-model-tools.ts';

/** Text of a cluster is text: every mark of Markdown in it is shown and none obeyed. */
function markdownOf(part: Exclude<ChatPart, { readonly kind: 'button' }>): MarkdownString {
  if (part.kind === 'code') return new MarkdownString().appendCodeblock(part.text);
  const table = part.kind === 'page' && part.table !== undefined ? `\n\n${tableMarkdown(part.table)}` : '';
  return new MarkdownString(`${pageMarkdown(part.text)}${table}`);
}

function handlerOf(parts: WindowParts): ChatRequestHandler {
  return async ({ prompt, command }, _context, stream, token) => {
    const { answerInChat } = await import('../chat/answer-in-chat.ts');
    for await (const part of answerInChat(parts, { command, prompt }, signalOf(token))) {
      if (part.kind === 'progress') stream.progress(part.text);
      else if (part.kind === 'button') {
        stream.button({
          command: part.command,
          title: part.title,
          arguments: part.argument === undefined ? [] : [part.argument],
        });
      }
      // In one piece: of several the editor folds all but the last.
      else stream.markdown(markdownOf(part));
    }
  };
}

/** `@jamie` in the native chat, where the window has one; nothing depends on it. */
export function registerChat(
  parts: WindowParts,
  { extensionUri }: Pick<ExtensionContext, 'extensionUri'>,
): readonly Disposable[] {
  const jamie = chat.createChatParticipant(participant.id, handlerOf(parts));
  jamie.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.png');
  return [jamie];
}
