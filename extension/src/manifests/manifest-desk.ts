import type { Cause } from '@autodevops/domain/diagnosis';
import type { WindowParts } from '../window-parts.ts';
import { homeNamespace } from './home-namespace.ts';
import { judgeFiles } from './jamie-on-files.ts';
import { together, knownFrom } from './known-objects.ts';
import type { KnownObjects } from './known-objects.ts';
import { LiveNames } from './live/live-names.ts';
import type { KindIn } from './live/live-names.ts';
import { describes, liveProblems } from './live/live-problems.ts';
import { setBackProblems } from './live/set-back-problems.ts';
import { setBacks } from './live/set-backs.ts';
import type { ManifestProblem } from './problem.ts';
import { namespaceOf, readManifests } from './reading/manifest.ts';
import type { Manifest } from './reading/manifest.ts';
import { referencesOf } from './reading/reference.ts';
import { checkManifest } from './rules/registry.ts';
import { WorkspaceManifests } from './workspace-manifests.ts';
import type { WorkspaceObject } from './workspace-manifests.ts';

export type DeskParts = Pick<
  WindowParts,
  'clusters' | 'problems' | 'doneChanges' | 'source' | 'folder' | 'settings' | 'clock' | 'program'
>;

/** Milliseconds that a file waits for what the cluster says before it is judged without. */
const patience = 3000;

function kindsNeeded(manifests: readonly Manifest[], home: string): readonly KindIn[] {
  const needed = manifests.flatMap((manifest) =>
    referencesOf(manifest)
      .filter(({ name }) => name !== '')
      .map(({ kind, namespace }) => ({
        kind,
        namespace: namespaceOf({ kind, namespace: namespace || namespaceOf(manifest, home) }, home),
      })),
  );
  return [...new Map(needed.map((one) => [`${one.kind}/${one.namespace}`, one])).values()].slice(0, 50);
}

/** Two that point at the same field are one: what the cluster shows, with what either would do about it. */
export function withoutRepeats(problems: readonly ManifestProblem[]): readonly ManifestProblem[] {
  const bySeat = Map.groupBy(problems, ({ start, end }) => `${start}-${end}`);
  return [...bySeat.values()].flatMap((here) => {
    const live = here.filter(({ from }) => from === 'cluster');
    const [first, ...others] = live;
    if (first === undefined) return here;
    // What is only good to know stands beside it; what says the same lends its edits.
    const same = here.filter(({ from, severity }) => from === 'file' && severity !== 'information');
    const fixes = [...first.fixes, ...same.flatMap((one) => one.fixes)];
    const once = [...new Map(fixes.map((fix) => [JSON.stringify(fix.edits), fix])).values()];
    return [
      { ...first, fixes: once },
      ...others,
      ...here.filter(({ from, severity }) => from === 'file' && severity === 'information'),
    ];
  });
}

/** What is known of the window's manifests: of the workspace, of the chosen cluster, of Jamie. */
export class ManifestDesk {
  readonly workspace = new WorkspaceManifests();
  readonly #parts: DeskParts;
  readonly #names: LiveNames;
  /** What Jamie's rules say of the files, when they were last judged. */
  #judged: readonly Cause[] = [];

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#names = new LiveNames(parts.source, () => parts.clock.now());
  }

  get home(): string {
    return homeNamespace(this.#parts);
  }

  /** Whether the cluster may be asked: for that it has to be chosen, and the folder trusted. */
  get live(): boolean {
    const { folder, settings, clusters } = this.#parts;
    return folder.trusted() && settings()['cluster.access'] === 'live' && clusters.state.value.chosen !== undefined;
  }

  get causes(): readonly Cause[] {
    const { value } = this.#parts.problems.state;
    return 'diagnosis' in value ? value.diagnosis.causes : [];
  }

  objects(): readonly WorkspaceObject[] {
    return this.workspace.objects(this.home);
  }

  /** The workspace, and what was loaded of the cluster. */
  known(): KnownObjects {
    const here = knownFrom(this.objects());
    return this.live ? together(here, this.#names) : here;
  }

  async load(kinds: readonly KindIn[], signal: AbortSignal): Promise<void> {
    if (!this.live) return;
    await this.#names.load(kinds, AbortSignal.any([signal, AbortSignal.timeout(patience)])).catch(() => undefined);
  }

  /** Something of these kinds changed in the cluster, or of any. True where that may say something else of a file. */
  outdate(kinds: ReadonlySet<string> | undefined): boolean {
    return this.#names.outdate(kinds);
  }

  /** Another cluster is spoken to. */
  forgetCluster(): void {
    this.#names.forget();
  }

  /** What a text holds, without keeping it. */
  manifestsIn(text: string): readonly Manifest[] {
    return readManifests(text);
  }

  /** Reads a file as it is now and says what is wrong with it. */
  async problemsOf(file: string, text: string, signal: AbortSignal): Promise<readonly ManifestProblem[]> {
    const manifests = this.workspace.put(file, text);
    if (manifests.length === 0) return [];
    if (this.live) await this.#parts.doneChanges.loadListed(AbortSignal.any([signal, AbortSignal.timeout(patience)]));
    await this.load([...kindsNeeded(manifests, this.home), ...this.#kindsChanged(manifests)], signal);
    return this.check(manifests, text);
  }

  /** What is wrong with manifests by what is known now. */
  check(manifests: readonly Manifest[], text: string): readonly ManifestProblem[] {
    const [home, known] = [this.home, this.known()];
    const file = { manifests, text, home };
    const judged = liveProblems({ causes: [...this.#judged] }, file).map((one): ManifestProblem => ({
      ...one,
      from: 'file',
    }));
    const live = liveProblems({ causes: [...this.causes] }, file);
    const written = manifests.flatMap((manifest) => checkManifest({ manifest, text, home, known }));
    const back = manifests.flatMap((manifest) => this.#setBack(manifest, text));
    // It says nothing of what is wrong: it takes the place of no other mark.
    return [...withoutRepeats([...live, ...written, ...judged]), ...back];
  }

  #setBack(manifest: Manifest, text: string): readonly ManifestProblem[] {
    if (!this.live) return [];
    const there = this.#names
      .list(manifest.kind, namespaceOf(manifest, this.home))
      .find(({ name }) => name === manifest.name);
    return setBackProblems(manifest, setBacks(manifest, there?.value, this.#parts.doneChanges.known, this.home), text);
  }

  /** Where objects lie that were changed: what they are now has to be known. */
  #kindsChanged(manifests: readonly Manifest[]): readonly KindIn[] {
    const changed = this.#parts.doneChanges.known.flatMap(({ plan }) => plan.diff.map(({ object }) => object));
    return manifests
      .filter((manifest) => changed.some((object) => describes(manifest, object, this.home)))
      .map((manifest) => ({ kind: manifest.kind, namespace: namespaceOf(manifest, this.home) }));
  }

  /** Has Jamie judge everything that is known of the workspace. `write` is as `judgeFiles` has it. */
  async judge(write: Parameters<typeof judgeFiles>[1]['write'], signal: AbortSignal): Promise<void> {
    this.#judged = await judgeFiles(
      this.objects(),
      { program: this.#parts.program, write, hygiene: this.#parts.settings()['problems.hygiene'] },
      signal,
    );
  }
}
