import { AutoDevOpsError } from '@autodevops/domain/errors';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Coverage } from '@autodevops/domain/snapshot';
import type { KindRead } from '../reader/lists/kind-read.ts';
import { Reflector } from './reflector.ts';
import type { Surroundings } from './surroundings.ts';
import { watchedKind } from './watched.ts';

interface Joined {
  readonly parts: readonly (readonly object[])[];
  readonly whole: readonly object[];
}

function reflectorsIn(
  kind: KindName,
  namespaces: readonly (string | undefined)[],
  shared: Surroundings,
): readonly Reflector[] {
  const watched = watchedKind(kind, kind === 'Event' ? shared.mostEvents : undefined);
  const parts = watched.sources(watched.versions[0] ?? 'v1').keys();
  return [...parts].flatMap((part) =>
    namespaces.map((namespace) => new Reflector({ watched, part, namespace }, shared)),
  );
}

function isSeen({ phase }: Reflector): boolean {
  return phase === 'served' || phase === 'absent';
}

function namespacesWhere(reflectors: readonly Reflector[], seen: boolean): readonly string[] {
  const byNamespace = Map.groupBy(reflectors, ({ target }) => target.namespace ?? '');
  return [...byNamespace].filter(([, all]) => all.every(isSeen) === seen).map(([namespace]) => namespace);
}

function notYet(): AutoDevOpsError {
  return new AutoDevOpsError(
    'cluster.no-answer',
    'The API server has not sent them yet.',
    'Wait a moment, or look at the load of the API server.',
  );
}

/** Keeps one kind in step: everywhere, or where that is not allowed, in the namespaces that are. */
export class KindWatch {
  readonly kind: KindName;
  readonly #shared: Surroundings;
  /** Undefined: every namespace is wanted. */
  readonly #namespaces: readonly string[] | undefined;
  readonly #asked: readonly Reflector[];
  #allowed: readonly Reflector[] = [];
  #joined: Joined = { parts: [], whole: [] };
  #narrowing = false;
  readonly #running = new Set<Promise<void>>();
  #stopped = false;

  constructor(kind: KindName, namespaces: readonly string[] | undefined, shared: Surroundings) {
    this.kind = kind;
    this.#shared = shared;
    this.#namespaces = kinds[kind].namespaced && namespaces !== undefined ? [...new Set(namespaces)] : undefined;
    this.#asked = reflectorsIn(kind, this.#namespaces ?? [undefined], shared);
  }

  /** Those whose objects count. */
  get reflectors(): readonly Reflector[] {
    return this.#isNarrow() ? this.#allowed : this.#asked;
  }

  start(): void {
    for (const one of this.#asked) this.#run(one);
  }

  /** Resolves when it is known what there is. */
  async known(): Promise<void> {
    await Promise.all(this.#asked.map(({ known }) => known));
    await this.review();
    await Promise.all(this.#allowed.map(({ known }) => known));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const one of [...this.#asked, ...this.#allowed]) one.stop();
    await Promise.all(this.#running);
  }

  /** Goes over to single namespaces where all of them are not allowed, and back. Never throws. */
  async review(): Promise<void> {
    const narrow = this.#isNarrow();
    if (!narrow && this.#asked.every(isSeen)) {
      for (const one of this.#allowed) one.stop();
      this.#allowed = [];
    }
    if (!narrow || this.#allowed.length > 0 || this.#narrowing) return;
    this.#narrowing = true;
    try {
      const namespaces = await this.#shared.allowedNamespaces();
      if (this.#stopped) return;
      this.#allowed = reflectorsIn(this.kind, namespaces, this.#shared);
      for (const one of this.#allowed) this.#run(one);
    } catch {
      // Asked again at the next review.
    } finally {
      this.#narrowing = false;
    }
  }

  /** What is known now, as the reader tells of a list that it read. */
  read(): KindRead {
    const all = this.reflectors;
    const dropped = all.reduce((sum, { store }) => sum + store.dropped, 0);
    const objects = this.#objects(all);
    const cut = dropped > 0 ? { seenEvents: objects.length + dropped } : {};
    const failing = all.find(({ phase }) => phase === 'starting');
    const error = failing === undefined ? {} : { error: failing.failure ?? notYet() };
    const coverage: Coverage = all.every(isSeen) ? (dropped > 0 ? 'partial' : 'full') : 'none';
    if (this.#isNarrow()) return { kind: this.kind, objects, ...cut, ...this.#scattered([]) };
    if (this.#namespaces !== undefined && coverage === 'none') {
      return { kind: this.kind, objects, ...cut, ...error, ...this.#scattered(this.#namespaces) };
    }
    const denied = all.some(({ phase }) => phase === 'forbidden')
      ? { denied: { kind: this.kind, readIn: [], askedIn: [] } }
      : {};
    return { kind: this.kind, objects, coverage, ...cut, ...error, ...denied };
  }

  /** Seen in some namespaces, not in others. */
  #scattered(askedIn: readonly string[]): Pick<KindRead, 'coverage' | 'byNamespace' | 'denied'> {
    const seen = namespacesWhere(this.reflectors, true);
    const named = Object.fromEntries([
      ...namespacesWhere(this.reflectors, false).map((name) => [name, 'none'] as const),
      ...seen.map((name) => [name, 'full'] as const),
    ]);
    const forbidden = this.#asked.some(({ phase }) => phase === 'forbidden');
    return {
      coverage: seen.length === 0 ? 'none' : 'partial',
      byNamespace: { named, elsewhere: 'none' },
      ...(forbidden ? { denied: { kind: this.kind, readIn: seen, askedIn } } : {}),
    };
  }

  #isNarrow(): boolean {
    return (
      this.#namespaces === undefined &&
      kinds[this.kind].namespaced &&
      this.#asked.some(({ phase }) => phase === 'forbidden')
    );
  }

  /** Put together anew only when a part changed. */
  #objects(reflectors: readonly Reflector[]): readonly object[] {
    const parts = reflectors.map(({ store }) => store.list());
    const before = this.#joined.parts;
    if (parts.length !== before.length || parts.some((part, index) => part !== before[index])) {
      this.#joined = { parts, whole: parts.length === 1 ? (parts[0] ?? []) : parts.flat() };
    }
    return this.#joined.whole;
  }

  #run(reflector: Reflector): void {
    const running = reflector.run().finally(() => {
      this.#running.delete(running);
    });
    this.#running.add(running);
  }
}
