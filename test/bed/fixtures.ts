// What tests use. A test asks bedUnavailableReason first and skips visibly when there is one.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DELIVERY_TOOLS, goTool, hasGoTool } from './build/go-tools.ts';
import { serviceAccountKubeconfig } from './cluster/api.ts';
import { kindDown, kindUp } from './cluster/kind.ts';
import { loadArchive } from './cluster/kind-command.ts';
import { startNode, stopNode, type NodeFailure } from './cluster/nodes.ts';
import { DEFAULT_NAMES, type BedState, type Layer } from './cluster/state.ts';
import { whyNoKind } from './cluster/way.ts';
import type { ControlPlaneOptions } from './control-plane/components.ts';
import { controlPlaneDown, controlPlaneUp, endAbandoned, whyNoControlPlane } from './control-plane/control-plane.ts';
import { runFolder } from './host/folders.ts';
import { silence } from './host/progress.ts';
import { whyNoMonitoring } from './monitoring/programs.ts';

export type { ControlPlaneOptions, Layer, NodeFailure };

export type Bed = {
  readonly name: string;
  readonly layer: Layer;
  /** Admin access. */
  readonly kubeconfigPath: string;
  readonly serverUrl: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Whether this call found it running; then stop() leaves it running. */
  readonly reused: boolean;
  /** Writes a kubeconfig that acts as an existing ServiceAccount, and gives back its path. */
  serviceAccountKubeconfig(namespace: string, name: string): Promise<string>;
  /** The path of a kubectl of the cluster's version. */
  kubectl(): Promise<string>;
  stop(): Promise<void>;
};

export type KindBed = Bed & {
  readonly layer: 'kind';
  /** Node names, which are the names of their containers too; the control plane comes first. */
  readonly nodes: readonly string[];
  readonly workers: readonly string[];
  /** For DOCKER_HOST, when the bed runs an engine of its own. */
  readonly dockerHost?: string;
  readonly kindBinary: string;
  /** Loads an image archive (docker save) into every node. */
  loadImage(archive: string): Promise<void>;
  stopNode(node: string, failure?: NodeFailure): Promise<void>;
  startNode(node: string): Promise<void>;
};

export type FixtureOptions = { name?: string; /** Shows progress on stderr. Default false. */ verbose?: boolean };

/** Why this machine cannot run the layer, in words for a skipped test; undefined when it can. */
export async function bedUnavailableReason(layer: Layer): Promise<string | undefined> {
  return await (layer === 'kind' ? whyNoKind() : whyNoControlPlane());
}

/** Why the tools that people deliver with cannot be run beside a control plane. They take too long to be built by the way. */
export async function deliveryUnavailableReason(): Promise<string | undefined> {
  const absent = DELIVERY_TOOLS.filter((tool) => !hasGoTool(tool));
  return absent.length > 0
    ? `${absent.join(', ')} not built yet (npm run bed -- build --tools)`
    : await whyNoControlPlane();
}

/** Why Prometheus and Alertmanager cannot be run here. They are small: a test that needs them has them fetched. */
export async function monitoringUnavailableReason(): Promise<string | undefined> {
  return await whyNoMonitoring();
}

/** The shared Kind cluster: found running, or started (seconds on a warm machine, minutes on a cold one). */
export async function ensureKind(options: FixtureOptions = {}): Promise<KindBed> {
  if (!options.verbose) silence();
  const name = options.name ?? DEFAULT_NAMES.kind;
  const { state, reused } = await kindUp(name);
  return {
    ...bedOf(state, reused, () => kindDown(name)),
    layer: 'kind',
    nodes: state.nodes ?? [],
    workers: (state.nodes ?? []).filter((node) => !node.endsWith('-control-plane')),
    ...(state.dockerHost !== undefined && { dockerHost: state.dockerHost }),
    kindBinary: state.kindBinary ?? 'kind',
    loadImage: (archive) => loadArchive(state, archive),
    stopNode: (node, failure) => stopNode(state, node, failure),
    startNode: (node) => startNode(state, node),
  };
}

/** A private control plane without nodes, on free ports, ended by stop(); what a killed test run leaves is ended by the next one. */
export async function startControlPlane(options: FixtureOptions & ControlPlaneOptions = {}): Promise<Bed> {
  if (!options.verbose) silence();
  await endAbandoned();
  const name = options.name ?? `test-${process.pid}-${randomBytes(3).toString('hex')}`;
  const { state, reused } = await controlPlaneUp(name, { ...options, private: true });
  return bedOf(state, reused, () => controlPlaneDown(name));
}

function bedOf(state: BedState, reused: boolean, end: () => Promise<void>): Bed {
  return {
    name: state.name,
    layer: state.layer,
    kubeconfigPath: state.kubeconfig,
    serverUrl: state.serverUrl ?? '',
    versions: state.versions,
    reused,
    serviceAccountKubeconfig: (namespace, name) =>
      serviceAccountKubeconfig(
        state.kubeconfig,
        namespace,
        name,
        join(runFolder(state.name), `${namespace}.${name}.kubeconfig`),
      ),
    kubectl: async () => join(await goTool('kubernetes-control-plane'), 'kubectl'),
    stop: async () => {
      if (!reused) await end();
    },
  };
}
