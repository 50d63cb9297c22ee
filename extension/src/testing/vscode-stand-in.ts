/**
 * What the layer of the editor uses of the module `vscode`, for tests: vitest resolves the name to this file. It writes
 * down what was done, and throws where something is used that it does not know.
 */

import { Position, Uri } from './vscode-values.ts';
import type { Diagnostic, RelativePattern, ThemeColor, TreeItem } from './vscode-values.ts';
export {
  CodeAction,
  CodeLens,
  CompletionItem,
  CustomExecution,
  Diagnostic,
  Hover,
  LanguageModelTextPart,
  LanguageModelToolResult,
  Location,
  MarkdownString,
  McpStdioServerDefinition,
  Position,
  Range,
  RelativePattern,
  Selection,
  Task,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  Uri,
  WorkspaceEdit,
} from './vscode-values.ts';

type Any = (...args: never[]) => unknown;

function strict<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get: (target, key, receiver) => {
      if (typeof key === 'symbol' || key in target) return Reflect.get(target, key, receiver) as unknown;
      throw new Error(`vscode.${name}.${key} is not part of the stand-in`);
    },
  });
}

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void): { dispose: () => void } => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    const listeners = [...this.#listeners];
    for (const listener of listeners) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

interface ShownItem {
  text: string;
  tooltip?: unknown;
  name?: string;
  command?: unknown;
  backgroundColor?: ThemeColor | undefined;
  accessibilityInformation?: { label: string };
  visible: boolean;
}

interface ShownView {
  readonly id: string;
  readonly provider: { getChildren: (node?: unknown) => unknown; getTreeItem: (node: unknown) => TreeItem };
  visible: boolean;
  badge?: unknown;
  message?: string;
  readonly visibility: EventEmitter<{ visible: boolean }>;
}

interface EndedTask {
  readonly execution: { readonly task: { readonly definition: { readonly type: string } } };
}

function freshState() {
  return {
    commands: new Map<string, Any>(),
    executed: [] as [command: string, ...args: unknown[]][],
    context: new Map<string, unknown>(),
    views: [] as ShownView[],
    items: [] as ShownItem[],
    /** Messages, inputs and picks, as they were asked. */
    asked: [] as {
      readonly kind: string;
      readonly text: unknown;
      readonly options: unknown;
      readonly items: readonly unknown[];
    }[],
    /** What the person replies, in order; undefined where nothing is left. */
    replies: [] as unknown[],
    providers: new Map<string, { provideTextDocumentContent: (uri: Uri) => string }>(),
    shown: [] as { readonly uri: Uri; readonly options: unknown }[],
    languages: new Map<string, string>(),
    settings: {} as Record<string, unknown>,
    trusted: true,
    folders: [] as { readonly uri: Uri }[],
    tools: new Map<string, { prepareInvocation: Any; invoke: Any }>(),
    participants: new Map<string, Any>(),
    mcp: new Map<string, { provideMcpServerDefinitions: Any }>(),
    webviews: new Map<string, { resolveWebviewView: Any }>(),
    terminals: [] as unknown[],
    logged: [] as string[],
    clipboard: '',
    activeEditor: undefined as { readonly document: { readonly uri: Uri; readonly getText: () => string } } | undefined,
    documents: [] as TestDocument[],
    /** Of these documents, those that lie behind another tab. */
    behind: new Set<TestDocument>(),
    diagnostics: new Map<string, readonly Diagnostic[]>(),
    /** By what they provide: `hover`, `codeLens` … */
    languageProviders: new Map<string, unknown>(),
    taskProviders: new Map<string, unknown>(),
    /** Of files that are watched, by path. */
    watchers: new Map<string, Readonly<Record<'change' | 'create' | 'delete', EventEmitter<void>>>>(),
    /** Files of the workspace, by path. */
    files: new Map<string, string>(),
    visible: new EventEmitter<void>(),
    opened: new EventEmitter<TestDocument>(),
    typed: new EventEmitter<{ document: TestDocument }>(),
    closed: new EventEmitter<TestDocument>(),
    taskEnded: new EventEmitter<EndedTask>(),
    saved: new EventEmitter<TestDocument>(),
    configured: new EventEmitter<{ affectsConfiguration: (section: string) => boolean }>(),
    granted: new EventEmitter<void>(),
    windowState: new EventEmitter<{ focused: boolean }>(),
  };
}

export let standIn = freshState();

/** Before each test. */
export function resetStandIn(): void {
  standIn = freshState();
}

/** A document that a test opens: text with lines, and a version that typing raises. */
export interface TestDocument {
  readonly uri: Uri;
  readonly languageId: string;
  version: number;
  text: string;
  readonly getText: () => string;
  readonly positionAt: (offset: number) => Position;
  readonly offsetAt: (position: Position) => number;
}

export function testDocument(path: string, text: string, scheme = 'file'): TestDocument {
  const document: TestDocument = {
    uri: Uri.from({ scheme, path }),
    languageId: 'yaml',
    version: 1,
    text,
    getText: () => document.text,
    positionAt: (offset) => {
      const before = document.text.slice(0, offset).split('\n');
      return new Position(before.length - 1, before.at(-1)?.length ?? 0);
    },
    offsetAt: ({ line, character }) =>
      document.text
        .split('\n')
        .slice(0, line)
        .reduce((sum, one) => sum + one.length + 1, 0) + character,
  };
  return document;
}

export const DiagnosticSeverity = strict('DiagnosticSeverity', { Error: 0, Warning: 1, Information: 2, Hint: 3 });
export const CodeActionKind = strict('CodeActionKind', { QuickFix: 'quickfix' });
export const CompletionItemKind = strict('CompletionItemKind', { Reference: 17 });
export const TaskScope = strict('TaskScope', { Workspace: 2 });
export const ProgressLocation = strict('ProgressLocation', { Notification: 15, Window: 10 });
export const StatusBarAlignment = strict('StatusBarAlignment', { Left: 1, Right: 2 });
export const TreeItemCollapsibleState = strict('TreeItemCollapsibleState', { None: 0, Collapsed: 1, Expanded: 2 });

const disposable = { dispose: () => undefined };

function ask(kind: string, text: unknown, options: unknown, items: readonly unknown[]): Promise<unknown> {
  standIn.asked.push({ kind, text, options, items });
  return Promise.resolve(standIn.replies.shift());
}

function message(kind: string) {
  return (text: string, ...rest: readonly unknown[]): Promise<unknown> => {
    const [first] = rest;
    return typeof first === 'object' ? ask(kind, text, first, rest.slice(1)) : ask(kind, text, undefined, rest);
  };
}

function treeView(id: string, { treeDataProvider }: { readonly treeDataProvider: ShownView['provider'] }): unknown {
  const shown: ShownView = { id, provider: treeDataProvider, visible: false, visibility: new EventEmitter() };
  standIn.views.push(shown);
  return Object.assign(shown, { onDidChangeVisibility: shown.visibility.event, dispose: () => undefined });
}

function statusBarItem(): unknown {
  const item: ShownItem & Record<string, unknown> = {
    text: '',
    visible: false,
    show: () => {
      item.visible = true;
    },
    hide: () => {
      item.visible = false;
    },
    dispose: () => undefined,
  };
  standIn.items.push(item);
  return item;
}

const write =
  (level: string) =>
  (text: string): void =>
    void standIn.logged.push(`${level}: ${text}`);

export const window = strict('window', {
  showInformationMessage: message('information'),
  showWarningMessage: message('warning'),
  showErrorMessage: message('error'),
  setStatusBarMessage: (text: string) => {
    standIn.asked.push({ kind: 'whisper', text, options: undefined, items: [] });
    return disposable;
  },
  showQuickPick: (items: readonly unknown[], options: unknown) => ask('pick', '', options, items),
  showInputBox: (options: unknown) => ask('enter', '', options, []),
  showOpenDialog: (options: unknown) => ask('open', '', options, []),
  showSaveDialog: (options: unknown) => ask('save', '', options, []),
  withProgress: async (options: unknown, work: (progress: unknown, token: unknown) => Promise<unknown>) => {
    standIn.asked.push({ kind: 'progress', text: '', options, items: [] });
    return await work(
      {
        report: (told: unknown) =>
          void standIn.asked.push({ kind: 'report', text: told, options: undefined, items: [] }),
      },
      { isCancellationRequested: false, onCancellationRequested: () => disposable },
    );
  },
  createOutputChannel: () => ({
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    show: () => write('show')(''),
    dispose: () => undefined,
  }),
  createTreeView: treeView,
  registerWebviewViewProvider: (id: string, provider: { resolveWebviewView: Any }) => {
    standIn.webviews.set(id, provider);
    return disposable;
  },
  createStatusBarItem: statusBarItem,
  createTerminal: (options: unknown) => {
    standIn.terminals.push(options);
    return { show: () => undefined };
  },
  showTextDocument: async (document: Uri | { readonly uri: Uri }, options: unknown) => {
    standIn.shown.push({ uri: document instanceof Uri ? document : document.uri, options });
    return { revealRange: () => undefined };
  },
  onDidChangeWindowState: (listener: (state: { focused: boolean }) => void) => standIn.windowState.event(listener),
  get activeTextEditor() {
    return standIn.activeEditor;
  },
  get visibleTextEditors() {
    return standIn.documents.filter((document) => !standIn.behind.has(document)).map((document) => ({ document }));
  },
  onDidChangeVisibleTextEditors: (listener: () => void) => standIn.visible.event(listener),
});

export const commands = strict('commands', {
  registerCommand: (id: string, handler: Any) => {
    if (standIn.commands.has(id)) throw new Error(`${id} is registered already`);
    standIn.commands.set(id, handler);
    return disposable;
  },
  executeCommand: async (id: string, ...args: readonly unknown[]) => {
    if (id === 'setContext') standIn.context.set(String(args[0]), args[1]);
    else standIn.executed.push([id, ...args]);
  },
});

export const workspace = strict('workspace', {
  get isTrusted() {
    return standIn.trusted;
  },
  get workspaceFolders() {
    return standIn.folders.length === 0 ? undefined : standIn.folders;
  },
  getConfiguration: (section: string) => ({ get: (name: string) => standIn.settings[`${section}.${name}`] }),
  openTextDocument: async (uri: Uri) =>
    standIn.documents.find((one) => one.uri.path === uri.path) ??
    (standIn.files.has(uri.path)
      ? testDocument(uri.path, standIn.files.get(uri.path) ?? '')
      : { uri, languageId: 'plaintext' }),
  get textDocuments() {
    return standIn.documents;
  },
  findFiles: async () => [...standIn.files.keys()].map((path) => Uri.file(path)),
  fs: {
    stat: async (uri: Uri) => ({ size: standIn.files.get(uri.path)?.length ?? 0 }),
    readFile: async (uri: Uri) => new TextEncoder().encode(standIn.files.get(uri.path)),
  },
  onDidOpenTextDocument: (listener: (document: TestDocument) => void) => standIn.opened.event(listener),
  onDidChangeTextDocument: (listener: (event: { document: TestDocument }) => void) => standIn.typed.event(listener),
  onDidCloseTextDocument: (listener: (document: TestDocument) => void) => standIn.closed.event(listener),
  onDidSaveTextDocument: (listener: (document: TestDocument) => void) => standIn.saved.event(listener),
  registerTextDocumentContentProvider: (
    scheme: string,
    provider: { provideTextDocumentContent: (uri: Uri) => string },
  ) => {
    standIn.providers.set(scheme, provider);
    return disposable;
  },
  createFileSystemWatcher: (glob: string | RelativePattern) => {
    const path = typeof glob === 'string' ? glob : Uri.joinPath(glob.baseUri, glob.pattern).path;
    const told = {
      change: new EventEmitter<void>(),
      create: new EventEmitter<void>(),
      delete: new EventEmitter<void>(),
    };
    standIn.watchers.set(path, told);
    return {
      onDidChange: told.change.event,
      onDidCreate: told.create.event,
      onDidDelete: told.delete.event,
      dispose: () => void standIn.watchers.delete(path),
    };
  },
  onDidChangeConfiguration: (listener: (event: { affectsConfiguration: (section: string) => boolean }) => void) =>
    standIn.configured.event(listener),
  onDidGrantWorkspaceTrust: (listener: () => void) => standIn.granted.event(listener),
});

const provider =
  (kind: string) =>
  (_selector: unknown, given: unknown): typeof disposable => {
    standIn.languageProviders.set(kind, given);
    return disposable;
  };

export const tasks = strict('tasks', {
  registerTaskProvider: (type: string, given: unknown) => {
    standIn.taskProviders.set(type, given);
    return disposable;
  },
  onDidEndTask: (listener: (ended: EndedTask) => void) => standIn.taskEnded.event(listener),
});

export const languages = strict('languages', {
  createDiagnosticCollection: () => ({
    set: (uri: Uri, drawn: readonly Diagnostic[]) => void standIn.diagnostics.set(uri.path, drawn),
    delete: (uri: Uri) => void standIn.diagnostics.delete(uri.path),
    dispose: () => standIn.diagnostics.clear(),
  }),
  registerCodeActionsProvider: provider('codeAction'),
  registerHoverProvider: provider('hover'),
  registerCodeLensProvider: provider('codeLens'),
  registerCompletionItemProvider: provider('completion'),
  registerDefinitionProvider: provider('definition'),
  setTextDocumentLanguage: async (document: { readonly uri: Uri }, language: string) => {
    standIn.languages.set(document.uri.path, language);
    return document;
  },
});

export const lm = strict('lm', {
  registerTool: (name: string, tool: { prepareInvocation: Any; invoke: Any }) => {
    standIn.tools.set(name, tool);
    return disposable;
  },
  registerMcpServerDefinitionProvider: (id: string, provider: { provideMcpServerDefinitions: Any }) => {
    standIn.mcp.set(id, provider);
    return disposable;
  },
});

export const chat = strict('chat', {
  createChatParticipant: (id: string, handler: Any) => {
    standIn.participants.set(id, handler);
    return { dispose: () => undefined };
  },
});

export const env = strict('env', {
  language: 'en',
  remoteName: undefined,
  clipboard: {
    writeText: async (text: string) => {
      standIn.clipboard = text;
    },
  },
});
export const l10n = strict('l10n', {
  t: (text: string, ...args: readonly (string | number)[]) =>
    text.replaceAll(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole)),
});
