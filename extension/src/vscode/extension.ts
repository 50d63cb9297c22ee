import { l10n } from 'vscode';
import type { ExtensionContext } from 'vscode';
import { composeWindow } from '../compose.ts';
import { speak } from '../language/translate.ts';
import { programFile } from '../machine/program-file.ts';
import { registerChat } from './chat-participant.ts';
import { registerChatView } from './chat-view.ts';
import { registerConfigMarks } from './config-marks.ts';
import { registerContext } from './context.ts';
import { editorOf } from './editor/editor.ts';
import { registerTools } from './language-model-tools.ts';
import { lacksOf } from './lacks.ts';
import { registerManifests } from './manifests/manifests.ts';
import { registerMcp } from './mcp-provider.ts';
import { registerCommands } from './run-commands.ts';
import { registerStatusBar } from './status-bar.ts';
import { registerViews } from './views.ts';
import { registerWindow } from './window.ts';

/** A table of contents: what the extension consists of, in the order in which it comes to life. */
export function activate(context: ExtensionContext): void {
  speak((text, ...args) => l10n.t(text, ...args));
  const program = programFile(context.extensionUri.fsPath);
  const parts = composeWindow(editorOf(context), program);
  const keys = registerContext(parts);
  const lacks = lacksOf(parts, keys);
  context.subscriptions.push(
    keys,
    lacks,
    ...registerCommands(parts),
    ...registerChatView(parts, context, lacks.look),
    ...registerViews(parts, lacks.look),
    ...registerStatusBar(parts),
    ...registerConfigMarks(parts),
    ...registerManifests(parts),
    ...registerTools(parts),
    ...registerChat(parts, context),
    ...registerMcp(parts, program),
    ...registerWindow(parts),
  );
}
