import { chat, MarkdownString, Uri } from 'vscode';
import type { ChatRequestHandler, Disposable, ExtensionContext } from 'vscode';
import { participant } from '../contributions/chat.ts';
import type { WindowParts } from '../window-parts.ts';
import { signalOf } from './language-model-tools.ts';

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
      // Text of a cluster is text: appended, every mark of Markdown in it is shown and none obeyed.
      else {
        stream.markdown(
          part.kind === 'code'
            ? new MarkdownString().appendCodeblock(part.text)
            : new MarkdownString().appendText(part.text),
        );
      }
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
