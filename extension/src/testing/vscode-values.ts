/** The values that the editor's module makes, as its stand-in has them: they hold what they were given. */

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

export class Position {
  readonly line: number;
  readonly character: number;
  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}
export class Selection {
  readonly anchor: Position;
  readonly active: Position;
  constructor(anchor: Position, active: Position) {
    this.anchor = anchor;
    this.active = active;
  }
}
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
export class Diagnostic {
  readonly range: Range;
  readonly message: string;
  readonly severity: number;
  source?: string;
  code?: string;
  constructor(range: Range, message: string, severity: number) {
    this.range = range;
    this.message = message;
    this.severity = severity;
  }
}
export class CodeLens {
  readonly range: Range;
  readonly command: unknown;
  constructor(range: Range, command: unknown) {
    this.range = range;
    this.command = command;
  }
}
export class CodeAction {
  readonly title: string;
  readonly kind: unknown;
  edit?: WorkspaceEdit;
  command?: unknown;
  isPreferred?: boolean;
  constructor(title: string, kind: unknown) {
    this.title = title;
    this.kind = kind;
  }
}
export class WorkspaceEdit {
  readonly edits: { readonly uri: Uri; readonly range: Range; readonly text: string }[] = [];
  replace(uri: Uri, range: Range, text: string): void {
    this.edits.push({ uri, range, text });
  }
}
export class CompletionItem {
  readonly label: string;
  readonly kind: number;
  detail?: string;
  constructor(label: string, kind: number) {
    this.label = label;
    this.kind = kind;
  }
}
export class Hover {
  readonly contents: unknown;
  readonly range: unknown;
  constructor(contents: unknown, range: unknown) {
    this.contents = contents;
    this.range = range;
  }
}
export class Location {
  readonly uri: Uri;
  readonly range: unknown;
  constructor(uri: Uri, range: unknown) {
    this.uri = uri;
    this.range = range;
  }
}
export class Task {
  readonly given: readonly unknown[];
  constructor(...given: readonly unknown[]) {
    this.given = given;
  }
}
export class CustomExecution {
  readonly start: () => Promise<unknown>;
  constructor(start: () => Promise<unknown>) {
    this.start = start;
  }
}
export class RelativePattern {
  readonly baseUri: Uri;
  readonly pattern: string;
  constructor(base: Uri | { readonly uri: Uri }, pattern: string) {
    this.baseUri = 'uri' in base ? base.uri : base;
    this.pattern = pattern;
  }
}
export class McpStdioServerDefinition {
  readonly given: readonly unknown[];
  constructor(...given: readonly unknown[]) {
    this.given = given;
  }
}
export class LanguageModelTextPart {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}
export class LanguageModelToolResult {
  readonly content: readonly LanguageModelTextPart[];
  constructor(content: readonly LanguageModelTextPart[]) {
    this.content = content;
  }
}
