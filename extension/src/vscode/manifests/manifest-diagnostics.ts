import { Diagnostic, DiagnosticSeverity, languages, Range, window, workspace } from 'vscode';
import type { Disposable, TextDocument } from 'vscode';
import { problemMatcher } from '../../contributions/check-task.ts';
import type { ManifestProblem, ProblemSeverity } from '../../manifests/problem.ts';
import type { WindowParts } from '../../window-parts.ts';
import type { LazyDesk } from './lazy-desk.ts';
import { isManifestDocument } from './manifest-documents.ts';

/** Milliseconds after the last key. */
const pause = 300;
/** Those beside it are looked at when it has been read. */
const pauseOfOthers = 2 * pause;
/** What one document may show; more is noise. */
const mostShown = 500;

/** What a document shows, as of which version of it. */
export interface Shown {
  readonly version: number;
  readonly problems: readonly ManifestProblem[];
}

function severityOf(severity: ProblemSeverity): DiagnosticSeverity {
  if (severity === 'error') return DiagnosticSeverity.Error;
  return severity === 'warning' ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information;
}

function diagnosticOf(
  document: TextDocument,
  { start, end, message, severity, code, from }: ManifestProblem,
): Diagnostic {
  const drawn = new Diagnostic(
    new Range(document.positionAt(start), document.positionAt(end)),
    message,
    severityOf(severity),
  );
  drawn.source = from === 'cluster' ? 'Jamie' : 'Auto-DevOps';
  drawn.code = code;
  return drawn;
}

/** Draws what is wrong with the manifests that somebody looks at, and keeps it current. */
export class ManifestDiagnostics implements Disposable {
  readonly shown = new Map<string, Shown>();
  readonly #desk: LazyDesk;
  readonly #parts: WindowParts;
  readonly #drawn = languages.createDiagnosticCollection(problemMatcher.owner);
  readonly #work = new Map<string, AbortController>();
  readonly #ends: readonly { dispose: () => unknown }[];

  constructor(parts: WindowParts, desk: LazyDesk) {
    this.#parts = parts;
    this.#desk = desk;
    const all = (): void => this.lookAtAll();
    const ends = [
      parts.problems.state.subscribe(all),
      parts.changes.state.subscribe(all),
      parts.objectNews.state.subscribe(({ kinds }) => void this.#hear(kinds)),
      parts.clusters.state.subscribe(() => void this.#forget()),
    ];
    this.#ends = [
      window.onDidChangeVisibleTextEditors(all),
      workspace.onDidOpenTextDocument(all),
      workspace.onDidChangeTextDocument(({ document }) => this.#typed(document)),
      workspace.onDidCloseTextDocument((document) => this.#drop(document)),
      workspace.onDidGrantWorkspaceTrust(all),
      { dispose: () => ends.forEach((end) => end()) },
    ];
    all();
  }

  /** Everything that is visible, again, and everything that is marked: behind another tab its marks are still among the problems of the window. */
  lookAtAll(): void {
    const visible = new Set(window.visibleTextEditors.map(({ document }) => document));
    for (const document of workspace.textDocuments) {
      if (visible.has(document) || this.shown.has(document.uri.toString())) this.#later(document, 0);
    }
  }

  dispose(): void {
    for (const work of this.#work.values()) work.abort();
    for (const end of this.#ends) end.dispose();
    this.#drawn.dispose();
  }

  /** Something changed in the cluster: a name that was missing may exist by now. */
  async #hear(kinds: ReadonlySet<string> | undefined): Promise<void> {
    if (this.#work.size > 0 && (await this.#desk()).outdate(kinds)) this.lookAtAll();
  }

  async #forget(): Promise<void> {
    if (this.shown.size > 0) (await this.#desk()).forgetCluster();
    this.lookAtAll();
  }

  /** What one file says, another one that stands beside it may lean on. */
  #typed(document: TextDocument): void {
    if (!isManifestDocument(document)) return;
    this.#later(document, pause);
    for (const { document: other } of window.visibleTextEditors) {
      if (other !== document) this.#later(other, pauseOfOthers);
    }
  }

  #drop(document: TextDocument): void {
    const key = document.uri.toString();
    this.#work.get(key)?.abort();
    this.#work.delete(key);
    this.shown.delete(key);
    this.#drawn.delete(document.uri);
    if (this.#work.size === 0) this.#parts.objectNews.stop();
  }

  /** The newest wish stands: an older one that is still at work is given up. */
  #later(document: TextDocument, milliseconds: number): void {
    if (!isManifestDocument(document) || !this.#parts.folder.trusted()) return;
    const key = document.uri.toString();
    this.#work.get(key)?.abort();
    const work = new AbortController();
    this.#work.set(key, work);
    void this.#parts.clock
      .wait(milliseconds, work.signal)
      .then(async () => await this.#look(document, work.signal))
      .catch((error: unknown) => {
        if (!work.signal.aborted) {
          this.#parts.log.warn(`manifests: ${error instanceof Error ? error.message : String(error)}`);
        }
      });
  }

  async #look(document: TextDocument, signal: AbortSignal): Promise<void> {
    const desk = await this.#desk();
    const { version } = document;
    const problems = (await desk.problemsOf(document.uri.toString(), document.getText(), signal)).slice(0, mostShown);
    if (signal.aborted || document.version !== version) return;
    this.shown.set(document.uri.toString(), { version, problems });
    this.#drawn.set(
      document.uri,
      problems.map((problem) => diagnosticOf(document, problem)),
    );
    // A manifest that somebody looks at is a view of the cluster.
    if (!desk.live || !desk.workspace.has(document.uri.toString())) return;
    this.#parts.problems.follow();
    this.#parts.objectNews.follow();
  }
}
