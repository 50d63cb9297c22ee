import { setTimeout as sleep } from 'node:timers/promises';
import { pluralOf } from '@autodevops/domain/count-words';
import type { AutoDevOpsError } from '@autodevops/domain/errors';
import { connectionFailure } from '../http/failure.ts';
import { httpStatusOf, retryAfterOf } from '../http/status-failure.ts';
import { Damaged } from '../json/damaged.ts';
import type { ParsedObject } from '../json/parsed-object.ts';
import type { ObjectReader } from '../reader/lists/object-reader.ts';
import { follow } from './follow.ts';
import type { EventType } from './follow.ts';
import { KindStore } from './kind-store.ts';
import { listServed, sourceIn } from './list-served.ts';
import type { Listed, Target } from './list-served.ts';
import { ReconnectDelay } from './reconnect-delay.ts';
import type { Surroundings } from './surroundings.ts';
import { jittered } from './watch-timing.ts';
import type { Watched } from './watched.ts';

/** `starting`: not known yet. `absent`: the API server does not serve the kind. */
export type Phase = 'starting' | 'served' | 'absent' | 'forbidden';

/** After so many refusals in a row the version itself may be what the server does not know. */
const refusalsBeforeList = 5;
/** An API server that starts refuses everybody for some seconds, until it knows the roles. */
const forbiddenGraceMs = 30_000;

/** For an unknown group the API server answers 404 in plain text; for the core group, which it always has, only others do. */
function isNotServed(failure: AutoDevOpsError, { group }: Watched): boolean {
  return failure.code === 'cluster.not-found' || (httpStatusOf(failure) === 404 && group !== '');
}

/** Keeps one list of objects in step with the API server. */
export class Reflector {
  readonly target: Target;
  readonly store: KindStore;
  /** Resolves when it is known what there is: listed, not served, or not allowed; of a custom resource also when it failed. */
  readonly known: Promise<void>;
  #tellKnown: () => void = () => {};
  readonly #shared: Surroundings;
  readonly #stop = new AbortController();
  readonly #delay: ReconnectDelay;
  #watch: AbortController | undefined;
  #phase: Phase = 'starting';
  #provenAt: number | undefined;
  #inStepAt: number | undefined;
  #failure: AutoDevOpsError | undefined;
  #resourceVersion: string | undefined;
  /** Where the kind was found last. */
  #apiVersion: string;
  #lists = 0;
  #watches = 0;
  #bookmarks = false;
  #whole = false;
  #refusals = 0;
  #forbiddenSince: number | undefined;

  constructor(target: Target, shared: Surroundings) {
    this.target = target;
    this.store = new KindStore(target.watched.most);
    this.#shared = shared;
    this.#delay = new ReconnectDelay(shared.timing);
    this.#apiVersion = target.watched.versions[0] ?? 'v1';
    this.known = new Promise((resolve) => {
      this.#tellKnown = resolve;
    });
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** The last failure, while it lasts. */
  get failure(): AutoDevOpsError | undefined {
    return this.#failure;
  }

  /** When the API server was last heard of about this list; undefined: never. */
  get provenAt(): number | undefined {
    return this.#provenAt;
  }

  /** When what is held was last known to be what the API server has. An answer that refuses is a sign of life only. */
  get inStepAt(): number | undefined {
    return this.#inStepAt;
  }

  /** True when nothing is wrong: a watch is open, there is nothing to watch, or it is not watched. */
  get calm(): boolean {
    const isPolled = this.target.watched.isPolled && this.#failure === undefined;
    return this.#watch !== undefined || this.#phase === 'absent' || this.#phase === 'forbidden' || isPolled;
  }

  /** Runs until `stop`. Never throws. */
  async run(): Promise<void> {
    const { signal } = this.#stop;
    const letGo = this.#shared.sharing.memory.hold(() => this.store.held());
    while (!signal.aborted) {
      const wait = this.#resourceVersion === undefined ? await this.#list() : await this.#follow(this.#resourceVersion);
      if (wait > 0 && !signal.aborted) await sleep(wait, undefined, { signal }).catch(() => {});
    }
    letGo();
    this.#tellKnown();
  }

  stop(): void {
    this.#stop.abort();
  }

  /** The API server lives: what is quiet is quiet because nothing happens. */
  prove(at: number): void {
    this.#provenAt = Math.max(this.#provenAt ?? at, at);
    if (this.#failure === undefined || this.calm) this.#inStepAt = Math.max(this.#inStepAt ?? at, at);
  }

  /** Begins the watch anew when nothing has come over it since then: its connection may be dead. */
  cutIfQuietSince(time: number): void {
    if ((this.#provenAt ?? 0) < time) this.#watch?.abort();
  }

  async #list(): Promise<number> {
    const { target, store } = this;
    const shared = this.#shared;
    const release = await shared.slot();
    try {
      if (this.#stop.signal.aborted) return 0;
      const onProof = (): void => this.prove(shared.now());
      this.#adopt(
        await listServed({
          target,
          store,
          shared,
          onProof,
          apiVersion: this.#apiVersion,
          whole: this.#whole,
          signal: this.#stop.signal,
        }),
      );
      if (!target.watched.isPolled) return 0;
      this.#resourceVersion = undefined;
      return jittered(shared.timing.pollRare);
    } catch (error) {
      return this.#listFailed(connectionFailure(error, shared.client.access));
    } finally {
      release();
    }
  }

  #adopt({ apiVersion, resourceVersion, entries, seen }: Listed): void {
    const { counters, now } = this.#shared;
    this.#apiVersion = apiVersion;
    this.#resourceVersion = resourceVersion;
    counters.lists += 1;
    if (this.#lists > 0) counters.relists += 1;
    this.#lists += 1;
    this.#whole = false;
    this.#failure = undefined;
    this.#forbiddenSince = undefined;
    this.prove(now());
    this.#enter('served', this.store.replace(entries, seen));
  }

  #enter(phase: Phase, changed: boolean): void {
    const before = this.#phase;
    this.#phase = phase;
    if (changed || before !== phase) this.#shared.changed(this.target.watched.told);
    this.#tellKnown();
  }

  #listFailed(failure: AutoDevOpsError): number {
    if (this.#stop.signal.aborted) return 0;
    const status = httpStatusOf(failure);
    if (status !== undefined) this.prove(this.#shared.now());
    if (isNotServed(failure, this.target.watched)) return this.#settle('absent', undefined);
    if (status === 403 && this.#isForbidden()) return this.#settle('forbidden', failure);
    if (status === 410) this.#whole = true;
    return this.#failed(failure);
  }

  #isForbidden(): boolean {
    if (this.#phase !== 'served') return true;
    this.#forbiddenSince ??= this.#shared.now();
    return this.#shared.now() - this.#forbiddenSince >= forbiddenGraceMs;
  }

  #settle(phase: 'absent' | 'forbidden', failure: AutoDevOpsError | undefined): number {
    this.#failure = failure;
    this.#delay.reset();
    this.#enter(phase, this.store.replace(new Map()));
    return jittered(this.#shared.timing.retryAbsent);
  }

  #failed(failure: AutoDevOpsError): number {
    this.#failure = failure;
    if (failure.code === 'cluster.too-large') this.#giveUp();
    // Nobody waits for a custom resource that may never answer.
    if (this.target.watched.told === 'custom') this.#tellKnown();
    return this.#delay.next(retryAfterOf(failure));
  }

  /** What there is no room for is not known any more: what came of it must not stand in the way of what is read next. */
  #giveUp(): void {
    this.#listAgain();
    this.#phase = 'starting';
    this.#inStepAt = undefined;
    if (this.store.replace(new Map())) this.#shared.changed(this.target.watched.told);
  }

  async #follow(resourceVersion: string): Promise<number> {
    const { counters, now, client } = this.#shared;
    if (this.#watches > 0) counters.reconnects += 1;
    this.#watches += 1;
    const watch = new AbortController();
    const stop = (): void => watch.abort();
    this.#stop.signal.addEventListener('abort', stop, { once: true });
    let opened = Number.POSITIVE_INFINITY;
    const onOpen = (): void => {
      opened = now();
      this.#watch = watch;
      this.#failure = undefined;
      this.prove(opened);
    };
    try {
      await this.#read(resourceVersion, watch.signal, onOpen);
      return this.#delay.lived(now() - opened) ? 0 : this.#delay.next();
    } catch (error) {
      this.#delay.lived(now() - opened);
      return this.#watchFailed(connectionFailure(error, client.access), watch.signal.aborted);
    } finally {
      this.#watch = undefined;
      this.#stop.signal.removeEventListener('abort', stop);
    }
  }

  #read(resourceVersion: string, signal: AbortSignal, onOpen: () => void): Promise<void> {
    const { client, timing, turns, now, sharing } = this.#shared;
    const [least, most] = timing.watchSeconds;
    const seconds = Math.ceil(least + Math.random() * (most - least));
    const source = sourceIn(this.target, this.#apiVersion);
    const { parser, read } = sharing.ofWatch(this.target.watched.kind, source);
    return follow({
      client,
      source,
      namespace: this.target.namespace,
      resourceVersion,
      seconds,
      idleMs: this.#bookmarks ? timing.bookmark : seconds * 1000 + timing.idle,
      signal,
      timing,
      turns,
      onOpen,
      onBytes: () => this.prove(now()),
      parser,
      onEvent: (type, parsed) => this.#take(read, type, parsed),
    });
  }

  #take(read: ObjectReader['read'], type: EventType, parsed: ParsedObject): void {
    const { counters, changed } = this.#shared;
    if (type === 'BOOKMARK') this.#bookmarks = true;
    else {
      if (type === 'DELETED') this.store.delete(parsed);
      else this.#put(read(parsed, this.store.get(parsed)));
      counters.events += 1;
      changed(this.target.watched.told);
    }
    this.#refusals = 0;
    const { resourceVersion } = parsed.metadata;
    if (typeof resourceVersion === 'string' && resourceVersion !== '') this.#resourceVersion = resourceVersion;
  }

  /** What a watch adds without end is no truth: the list is asked for. */
  #put(object: object): void {
    const { mostObjects } = this.#shared;
    this.store.put(object);
    if (this.store.size <= mostObjects) return;
    this.#listAgain();
    const what = pluralOf(this.target.watched.kind);
    throw new Damaged(`adds ${what} without end (more than ${mostObjects.toLocaleString('en')})`);
  }

  #watchFailed(failure: AutoDevOpsError, cut: boolean): number {
    if (this.#stop.signal.aborted) return 0;
    const status = httpStatusOf(failure);
    if (status !== undefined) this.prove(this.#shared.now());
    // May be listed but not watched.
    if (status === 403 || status === 405) {
      this.#listAgain();
      return jittered(this.#shared.timing.poll);
    }
    if (status !== undefined && status !== 429 && status !== 503) this.#refusals += 1;
    if (status === 410 || status === 404 || status === 400 || this.#refusals >= refusalsBeforeList) this.#listAgain();
    // Cut by us, because nothing came: what that is called says nothing.
    return cut ? this.#delay.next() : this.#failed(failure);
  }

  #listAgain(): void {
    this.#resourceVersion = undefined;
    this.#watches = 0;
    this.#refusals = 0;
  }
}
