import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { runEngine } from './engine-command.ts';
import type { Engine } from './engine-command.ts';

export interface KindNodes {
  readonly engine: Engine;
  /** Names of the nodes' containers. */
  readonly nodes: readonly string[];
}

const label = 'io.x-k8s.kind.cluster';
/** A load balancer of several control planes has no images of workloads. */
const balancer = 'external-load-balancer';
const lookMs = 30_000;

function isName(text: string): boolean {
  return /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/.test(text);
}

/** Whether an engine's address is on this machine: a socket, a pipe, or the loopback address. */
export function isHere(address: string): boolean {
  if (address === '' || /^(?:unix|npipe|fd):/.test(address)) return true;
  try {
    return /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(new URL(address).hostname);
  } catch {
    return false;
  }
}

/** Where the engine works that the command talks to; empty when it does not say. */
export async function engineAddress(engine: Engine, signal: AbortSignal): Promise<string> {
  if (engine.name === 'podman') return engine.variables['CONTAINER_HOST'] ?? '';
  // Speaks to a socket of this machine only.
  if (engine.name === 'nerdctl') return '';
  const { DOCKER_HOST: host = '', DOCKER_CONTEXT: context = '' } = engine.variables;
  // Docker's own order (docs.docker.com/engine/manage-resources/contexts): a context that is named here outranks the host.
  if (host !== '' && context === '') return host;
  const { code, output } = await runEngine(engine, ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'], {
    signal,
    withinMs: lookMs,
  });
  return code === 0 ? output.trim() : (engine.variables['DOCKER_HOST'] ?? '');
}

async function nodesIn(engine: Engine, cluster: string, signal: AbortSignal): Promise<readonly string[]> {
  const format = `{{.Names}}\t{{.Label "io.x-k8s.kind.role"}}`;
  const { code, output } = await runEngine(
    engine,
    ['ps', '--filter', `label=${label}=${cluster}`, '--format', format],
    { signal, withinMs: lookMs },
  );
  if (code !== 0) return [];
  const lines = output.split('\n').map((line) => line.trim().split('\t'));
  return lines.flatMap(([name = '', role = '']) => (isName(name) && role !== balancer ? [name] : [])).toSorted();
}

/** The running nodes of a Kind cluster of this machine. Throws `cluster.not-found` when no engine here has any. */
export async function kindNodes(engines: readonly Engine[], cluster: string, signal: AbortSignal): Promise<KindNodes> {
  if (isName(cluster)) {
    for (const engine of engines) {
      const nodes = await nodesIn(engine, cluster, signal);
      if (nodes.length > 0 && isHere(await engineAddress(engine, signal))) return { engine, nodes };
    }
  }
  const asked = engines.map(({ name }) => name).join(' and ');
  throw new AutoDevOpsError(
    'cluster.not-found',
    `No Kind cluster "${oneLine(cluster, 80)}" runs on this machine (${asked} asked).`,
    'Check its name with `kind get clusters`, and that the engine runs here.',
  );
}
