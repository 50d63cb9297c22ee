import { commands, LanguageModelTextPart, lm, window } from 'vscode';
import type { ExtensionContext, LanguageModelChatProvider } from 'vscode';
import { proposeCommand, vendor } from './names.ts';

/** A model that says the same to everything: the editor's own chat shows no participant where there is none. */
const model: LanguageModelChatProvider = {
  provideLanguageModelChatInformation: () => [
    {
      id: 'echo',
      name: 'Echo',
      family: 'echo',
      version: '1',
      maxInputTokens: 8000,
      maxOutputTokens: 1000,
      capabilities: { toolCalling: true },
    },
  ],
  provideLanguageModelChatResponse: async (_model, _messages, _options, progress) => {
    progress.report(new LanguageModelTextPart('I am another.'));
  },
  provideTokenCount: async (_model, text) => JSON.stringify(text).length,
};

interface Diagnosed {
  readonly causes: readonly {
    readonly cause: string;
    readonly changes: readonly { readonly action: string; readonly target: unknown; readonly params: unknown }[];
  }[];
}

async function called(name: string, input: object): Promise<string> {
  const { content } = await lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return content.map((part) => (part instanceof LanguageModelTextPart ? part.value : '')).join('');
}

/** As the agent mode of an assistant does it: looks what is wrong, and proposes the first thing that would help. */
async function mend(): Promise<void> {
  const { causes } = JSON.parse(await called('autodevops_diagnose', {})) as Diagnosed;
  const found = causes.find(({ changes }) => changes.some(({ action }) => action !== 'manual'));
  const change = found?.changes.find(({ action }) => action !== 'manual');
  if (found === undefined || change === undefined) throw new Error('nothing would help');
  const { action, target, params } = change;
  await window.showInformationMessage(
    await called('autodevops_propose', { requests: [{ action, target, params }], reason: found.cause }),
  );
}

export async function activate({ subscriptions }: ExtensionContext): Promise<void> {
  subscriptions.push(
    lm.registerLanguageModelChatProvider(vendor, model),
    commands.registerCommand(proposeCommand, mend),
  );
  // The editor learns of a model when it is asked for one.
  await lm.selectChatModels({ vendor });
}
