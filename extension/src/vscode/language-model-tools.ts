import { LanguageModelTextPart, LanguageModelToolResult, lm, MarkdownString } from 'vscode';
import type { CancellationToken, Disposable, LanguageModelTool } from 'vscode';
import { languageModelTools } from '../contributions/language-model-tools.ts';
import type { ToolName } from '../contributions/language-model-tools.ts';
import { t } from '../language/translate.ts';
import type { WindowParts } from '../window-parts.ts';

/** A signal that the editor's token aborts. */
export function signalOf(token: CancellationToken): AbortSignal {
  const ended = new AbortController();
  if (token.isCancellationRequested) ended.abort();
  token.onCancellationRequested(() => ended.abort());
  return ended.signal;
}

function toolOf(parts: WindowParts, name: ToolName): LanguageModelTool<unknown> {
  const { title, changes } = languageModelTools[name];
  return {
    prepareInvocation: async ({ input }) => ({
      invocationMessage: title,
      // What a model made up is shown to the person, as code, before anything is asked of the agent.
      ...(changes
        ? {
            confirmationMessages: {
              title: t('Propose a change?'),
              message: new MarkdownString(
                t('The policy says who has to agree; what it allows at once is done at once.'),
              ).appendCodeblock((await import('../chat/asked-change.ts')).askedChange(input), 'text'),
            },
          }
        : {}),
    }),
    invoke: async ({ input }, token) => {
      const { runTool } = await import('../chat/run-tool.ts');
      return new LanguageModelToolResult([
        new LanguageModelTextPart(await runTool(parts, name, input, signalOf(token))),
      ]);
    },
  };
}

/** Tools for other assistants of the window. */
export function registerTools(parts: WindowParts): readonly Disposable[] {
  return (Object.keys(languageModelTools) as ToolName[]).map((name) => lm.registerTool(name, toolOf(parts, name)));
}
