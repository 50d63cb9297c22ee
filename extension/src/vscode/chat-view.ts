import { randomBytes } from 'node:crypto';
import { commands, env, Uri, window } from 'vscode';
import type { Disposable, ExtensionContext, WebviewView } from 'vscode';
import { views } from '../contributions/views.ts';
import type { ViewId } from '../contributions/views.ts';
import type { ChatHost } from '../sidebar/chat-host.ts';
import { pageHtml } from '../sidebar/page.ts';
import type { WindowParts } from '../window-parts.ts';
import { surroundings } from './editor/surroundings.ts';
import { runCommand } from './run-commands.ts';

const viewId = 'autodevops.chat' satisfies ViewId;

function lazyHost(parts: WindowParts): { readonly host: () => Promise<ChatHost>; readonly dispose: () => void } {
  let made: Promise<ChatHost> | undefined;
  const make = async (): Promise<ChatHost> =>
    new (await import('../sidebar/chat-host.ts')).ChatHost({
      window: parts,
      surroundings,
      run: async (command, subject) => {
        await runCommand(parts, command, subject);
      },
    });
  return { host: async () => await (made ??= make()), dispose: () => void made?.then((host) => host.dispose()) };
}

/** A page in this view: its own script and style, nothing else; no link of it is a command. */
function showPage({ webview }: WebviewView, extension: Uri): void {
  const folder = Uri.joinPath(extension, 'dist', 'webview');
  webview.options = { enableScripts: true, enableForms: false, enableCommandUris: false, localResourceRoots: [folder] };
  webview.html = pageHtml({
    script: String(webview.asWebviewUri(Uri.joinPath(folder, 'chat.js'))),
    style: String(webview.asWebviewUri(Uri.joinPath(folder, 'chat.css'))),
    source: webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
    title: views[viewId].name,
    language: env.language,
  });
}

/** Jamie in the sidebar. What is heavy of it is loaded when somebody looks at it; no cluster is spoken to before. */
export function registerChatView(
  parts: WindowParts,
  { extensionUri }: Pick<ExtensionContext, 'extensionUri'>,
  seen: () => void,
): readonly Disposable[] {
  const { host, dispose } = lazyHost(parts);
  let open: WebviewView | undefined;
  const look = (): void => {
    if (open?.visible !== true) return;
    seen();
    if (
      parts.clusters.state.value.chosen !== undefined &&
      parts.folder.trusted() &&
      parts.settings()['cluster.access'] === 'live'
    ) {
      parts.problems.follow();
    }
  };
  const show = async (view: WebviewView): Promise<void> => {
    open = view;
    const chat = await host();
    const post = view.webview.postMessage.bind(view.webview);
    const leave = chat.attach((message) => void post(message));
    view.webview.onDidReceiveMessage((message: unknown) => void chat.hear(message));
    view.onDidChangeVisibility(look);
    view.onDidDispose(() => {
      leave();
      if (open === view) open = undefined;
    });
    showPage(view, extensionUri);
    look();
  };
  /** A question from elsewhere is answered here, where the person can go on from it. */
  const answer = async (question: string): Promise<void> => {
    await commands.executeCommand(`${viewId}.focus`);
    await (await host()).ask(question);
  };
  const failed = (error: unknown): void =>
    parts.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return [
    window.registerWebviewViewProvider(viewId, {
      resolveWebviewView: (view) => {
        show(view).catch(failed);
      },
    }),
    { dispose: parts.clusters.state.subscribe(look) },
    {
      dispose: parts.asked.subscribe((asked) => {
        if (asked !== undefined) answer(asked.question).catch(failed);
      }),
    },
    { dispose },
  ];
}
