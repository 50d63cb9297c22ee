/**
 * What the layer of the editor uses of the module `vscode`, for tests: vitest resolves the name to this file. It writes
 * down what was done, and throws where something is used that it does not know.
 */

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

function freshState() {
  return {
    commands: new Map<string, Any>(),
    executed: [] as [command: string, ...args: unknown[]][],
    context: new Map<string, unknown>(),
    views: [] as ShownView[],
    items: [] as ShownItem[],
    /** Messages, inputs and picks, as they were asked. */
    asked: [] as { readonly kind: string; readonly text: unknown; readonly options: unknown; readonly items: readonly unknown[] }[],
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
    /** Files of the workspace, by path. */
    files: new Map<string, string>(),
    visible: new EventEmitter<void>(),
    opened: new EventEmitter<TestDocument>(),
    typed: new EventEmitter<{ document: TestDocument }>(),
    closed: new EventEmitter<TestDocument>(),
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

export class Uri {
  readonly scheme: string;
  readonly path: string;
  private constructor(scheme: string, path: string) {
    this.scheme = scheme;
    this.path = path;
  }
  static from({ scheme, path }: { readonly scheme: string; readonly path: string }): Uri {
    return new Uri(scheme, path);
  }
  static file(path: string): Uri {
    return new Uri('file', path);
  }
  static joinPath(base: Uri, ...parts: readonly string[]): Uri {
    return new Uri(base.scheme, [base.path, ...parts].join('/'));
  }
  static parse(text: string): Uri {
    const [, scheme = '', path = ''] = /^([\w-]+):(?:\/\/)?(.*)$/.exec(text) ?? [];
    return new Uri(scheme, path);
  }
  get fsPath(): string {
    return this.path;
  }
  toString(): string {
    return `${this.scheme}://${this.path}`;
  }
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
    uri: Uri.from({ scheme, path }), languageId: 'yaml', version: 1, text,
    getText: () => document.text,
    positionAt: (offset) => {
      const before = document.text.slice(0, offset).split('\n');
      return new Position(before.length - 1, before.at(-1)?.length ?? 0);
    },
    offsetAt: ({ line, character }) => document.text.split('\n').slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character,
  };
  return document;
}

export class ThemeIcon {
  readonly id: string;
  readonly color: ThemeColor | undefined;
  constructor(id: string, color?: ThemeColor) {
    this.id = id;
    this.color = color;
  }
}

export class ThemeColor {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

export class TreeItem {
  label: string;
  collapsibleState: number;
  [member: string]: unknown;
  constructor(label: string, collapsibleState: number) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

export class MarkdownString {
  value: string;
  constructor(value = '') {
    this.value = value;
  }
  /** As the editor does it: every mark of Markdown is escaped. */
  appendText(text: string): this {
    this.value += text.replaceAll(/[\\`*_{}[\]()#+\-!~<>|$]/g, String.raw`\$&`);
    return this;
  }
  appendCodeblock(text: string, _language?: string): this {
    this.value += `\n\`\`\`\n${text}\n\`\`\`\n`;
    return this;
  }
}

export class Position { readonly line: number; readonly character: number; constructor(line: number, character: number) { this.line = line; this.character = character; } }
export class Selection { readonly anchor: Position; readonly active: Position; constructor(anchor: Position, active: Position) { this.anchor = anchor; this.active = active; } }
/** By two positions, or by four numbers. */
export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(...ends: readonly (number | Position)[]) {
    const [a, b, c, d] = ends;
    this.start = a instanceof Position ? a : new Position(Number(a), Number(b));
    this.end = b instanceof Position ? b : new Position(Number(c), Number(d));
  }
}
export class Diagnostic { readonly range: Range; readonly message: string; readonly severity: number; source?: string; code?: string; constructor(range: Range, message: string, severity: number) { this.range = range; this.message = message; this.severity = severity; } }
export class CodeLens { readonly range: Range; readonly command: unknown; constructor(range: Range, command: unknown) { this.range = range; this.command = command; } }
export class CodeAction { readonly title: string; readonly kind: unknown; edit?: WorkspaceEdit; command?: unknown; isPreferred?: boolean; constructor(title: string, kind: unknown) { this.title = title; this.kind = kind; } }
export class WorkspaceEdit { readonly edits: { readonly uri: Uri; readonly range: Range; readonly text: string }[] = []; replace(uri: Uri, range: Range, text: string): void { this.edits.push({ uri, range, text }); } }
export class CompletionItem { readonly label: string; readonly kind: number; detail?: string; constructor(label: string, kind: number) { this.label = label; this.kind = kind; } }
export class Hover { readonly contents: unknown; readonly range: unknown; constructor(contents: unknown, range: unknown) { this.contents = contents; this.range = range; } }
export class Location { readonly uri: Uri; readonly range: unknown; constructor(uri: Uri, range: unknown) { this.uri = uri; this.range = range; } }
export class Task { readonly given: readonly unknown[]; constructor(...given: readonly unknown[]) { this.given = given; } }
export class CustomExecution { readonly start: () => Promise<unknown>; constructor(start: () => Promise<unknown>) { this.start = start; } }
export class RelativePattern { readonly base: unknown; readonly pattern: string; constructor(base: unknown, pattern: string) { this.base = base; this.pattern = pattern; } }
export class McpStdioServerDefinition { readonly given: readonly unknown[]; constructor(...given: readonly unknown[]) { this.given = given; } }
export class LanguageModelTextPart { readonly value: string; constructor(value: string) { this.value = value; } }
export class LanguageModelToolResult { readonly content: readonly LanguageModelTextPart[]; constructor(content: readonly LanguageModelTextPart[]) { this.content = content; } }

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
  const item: ShownItem & Record<string, unknown> = { text: '', visible: false, show: () => { item.visible = true; }, hide: () => { item.visible = false; }, dispose: () => undefined };
  standIn.items.push(item);
  return item;
}

const write = (level: string) => (text: string): void => void standIn.logged.push(`${level}: ${text}`);

export const window = strict('window', {
  showInformationMessage: message('information'),
  showWarningMessage: message('warning'),
  showErrorMessage: message('error'),
  setStatusBarMessage: (text: string) => { standIn.asked.push({ kind: 'whisper', text, options: undefined, items: [] }); return disposable; },
  showQuickPick: (items: readonly unknown[], options: unknown) => ask('pick', '', options, items),
  showInputBox: (options: unknown) => ask('enter', '', options, []),
  showOpenDialog: (options: unknown) => ask('open', '', options, []),
  showSaveDialog: (options: unknown) => ask('save', '', options, []),
  withProgress: async (options: unknown, work: (progress: unknown, token: unknown) => Promise<unknown>) => {
    standIn.asked.push({ kind: 'progress', text: '', options, items: [] });
    return await work({ report: (told: unknown) => void standIn.asked.push({ kind: 'report', text: told, options: undefined, items: [] }) }, { isCancellationRequested: false, onCancellationRequested: () => disposable });
  },
  createOutputChannel: () => ({ info: write('info'), warn: write('warn'), error: write('error'), show: () => write('show')(''), dispose: () => undefined }),
  createTreeView: treeView,
  registerWebviewViewProvider: (id: string, provider: { resolveWebviewView: Any }) => { standIn.webviews.set(id, provider); return disposable; },
  createStatusBarItem: statusBarItem,
  createTerminal: (options: unknown) => { standIn.terminals.push(options); return { show: () => undefined }; },
  showTextDocument: async (document: Uri | { readonly uri: Uri }, options: unknown) => { standIn.shown.push({ uri: document instanceof Uri ? document : document.uri, options }); return { revealRange: () => undefined }; },
  onDidChangeWindowState: (listener: (state: { focused: boolean }) => void) => standIn.windowState.event(listener),
  get activeTextEditor() { return standIn.activeEditor; },
  get visibleTextEditors() { return standIn.documents.filter((document) => !standIn.behind.has(document)).map((document) => ({ document })); },
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
  get isTrusted() { return standIn.trusted; },
  get workspaceFolders() { return standIn.folders.length === 0 ? undefined : standIn.folders; },
  getConfiguration: (section: string) => ({ get: (name: string) => standIn.settings[`${section}.${name}`] }),
  openTextDocument: async (uri: Uri) => standIn.documents.find((one) => one.uri.path === uri.path) ?? (standIn.files.has(uri.path) ? testDocument(uri.path, standIn.files.get(uri.path) ?? '') : { uri, languageId: 'plaintext' }),
  get textDocuments() { return standIn.documents; },
  findFiles: async () => [...standIn.files.keys()].map((path) => Uri.file(path)),
  fs: {
    stat: async (uri: Uri) => ({ size: standIn.files.get(uri.path)?.length ?? 0 }),
    readFile: async (uri: Uri) => new TextEncoder().encode(standIn.files.get(uri.path)),
  },
  onDidOpenTextDocument: (listener: (document: TestDocument) => void) => standIn.opened.event(listener),
  onDidChangeTextDocument: (listener: (event: { document: TestDocument }) => void) => standIn.typed.event(listener),
  onDidCloseTextDocument: (listener: (document: TestDocument) => void) => standIn.closed.event(listener),
  onDidSaveTextDocument: (listener: (document: TestDocument) => void) => standIn.saved.event(listener),
  registerTextDocumentContentProvider: (scheme: string, provider: { provideTextDocumentContent: (uri: Uri) => string }) => { standIn.providers.set(scheme, provider); return disposable; },
  createFileSystemWatcher: () => ({ onDidChange: () => disposable, onDidCreate: () => disposable, onDidDelete: () => disposable, dispose: () => undefined }),
  onDidChangeConfiguration: (listener: (event: { affectsConfiguration: (section: string) => boolean }) => void) => standIn.configured.event(listener),
  onDidGrantWorkspaceTrust: (listener: () => void) => standIn.granted.event(listener),
});

const provider = (kind: string) => (_selector: unknown, given: unknown): typeof disposable => { standIn.languageProviders.set(kind, given); return disposable; };

export const tasks = strict('tasks', {
  registerTaskProvider: (type: string, given: unknown) => { standIn.taskProviders.set(type, given); return disposable; },
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
  setTextDocumentLanguage: async (document: { readonly uri: Uri }, language: string) => { standIn.languages.set(document.uri.path, language); return document; },
});

export const lm = strict('lm', {
  registerTool: (name: string, tool: { prepareInvocation: Any; invoke: Any }) => { standIn.tools.set(name, tool); return disposable; },
  registerMcpServerDefinitionProvider: (id: string, provider: { provideMcpServerDefinitions: Any }) => { standIn.mcp.set(id, provider); return disposable; },
});

export const chat = strict('chat', {
  createChatParticipant: (id: string, handler: Any) => { standIn.participants.set(id, handler); return { dispose: () => undefined }; },
});

export const env = strict('env', { language: 'en', remoteName: undefined, clipboard: { writeText: async (text: string) => { standIn.clipboard = text; } } });
export const l10n = strict('l10n', { t: (text: string, ...args: readonly (string | number)[]) => text.replaceAll(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole)) });
