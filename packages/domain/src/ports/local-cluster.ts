import type { LocalDoctor, LocalEvent, LocalStatus } from '../local-cluster.ts';

export interface LocalPort {
  readonly host: number;
  readonly node: number;
  readonly address: string;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

export interface LocalMount {
  /** Absolute. */
  readonly host: string;
  readonly node: string;
  readonly readOnly: boolean;
}

/** The most that all nodes together may take. Undefined: half of the machine, or all of it with `overHalf`. */
export interface LocalCeiling {
  /** Bytes. */
  readonly memory: number | undefined;
  /** Cores. */
  readonly cpus: number | undefined;
  readonly overHalf: boolean;
}

/** What a local cluster is made from. Paths are absolute. */
export interface LocalClusterSettings {
  readonly name: string;
  /** Control plane included. */
  readonly nodes: number;
  /** `1.36.3`; undefined: what goes with the installed kind. */
  readonly kubernetes: string | undefined;
  /** The image of the nodes; outranks `kubernetes`. */
  readonly image: string | undefined;
  readonly engine: 'docker' | 'podman' | 'nerdctl' | undefined;
  /** The `kind` program: a name on PATH, or a path. */
  readonly kind: string;
  readonly ports: readonly LocalPort[];
  readonly mounts: readonly LocalMount[];
  /** Registry, and the address that the nodes ask instead: `docker.io` → `http://mirror:5000`. */
  readonly registryMirrors: Readonly<Record<string, string>>;
  /** Loaded into every node. */
  readonly images: readonly string[];
  readonly ceiling: LocalCeiling;
  /** Kind's own configuration as YAML text, for what has no setting here, and the file's name for messages. */
  readonly kindConfiguration: { readonly text: string; readonly file: string } | undefined;
  /** Where the context is written too; undefined: KUBECONFIG or ~/.kube/config, as kind does. */
  readonly kubeconfig: string | undefined;
  /** The file that all this is from; undefined: the defaults. */
  readonly configuration: string | undefined;
}

export interface Stoppable {
  readonly signal: AbortSignal;
}

/**
 * The life of one local cluster. Each method tells its steps as they go; leaving the loop, or the signal, ends the work
 * and what it started, and leaves what the next `up` continues and `down` removes. Nothing but a cluster that was made
 * here is ever changed. Throws `local.*`, `image.not-found`, `cluster.*`, `interrupted`.
 */
export interface LocalCluster {
  /** Makes it, or goes on with what was begun, or starts it; does nothing to one that runs. */
  up(
    options: Stoppable & { /** Until nodes and DNS are ready; true when absent. */ readonly wait?: boolean },
  ): AsyncIterable<LocalEvent>;
  down(options: Stoppable): AsyncIterable<LocalEvent>;
  /** Down, and up again. */
  reset(options: Stoppable & { readonly wait?: boolean }): AsyncIterable<LocalEvent>;
  stop(options: Stoppable): AsyncIterable<LocalEvent>;
  start(options: Stoppable): AsyncIterable<LocalEvent>;
  /** Images of the engine into every node. */
  load(images: readonly string[], options: Stoppable): AsyncIterable<LocalEvent>;
  /** The objects that people put into the cluster, into a file; a new one beside the state when none is named. */
  snapshot(
    options: Stoppable & { readonly file: string | undefined; readonly secrets: boolean },
  ): AsyncIterable<LocalEvent>;
  /** From a file; the newest snapshot of this cluster when none is named. */
  restore(options: Stoppable & { readonly file: string | undefined }): AsyncIterable<LocalEvent>;
  status(options: Stoppable): Promise<LocalStatus>;
  doctor(options: Stoppable): Promise<LocalDoctor>;
  /** The kubeconfig of this cluster alone, as text. `merge` writes its context where kubectl looks, too. */
  kubeconfig(options: Stoppable & { readonly merge: boolean }): Promise<string>;
}
