import { readFile } from 'node:fs/promises';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { stopIfAborted } from '@autodevops/domain/interruption';
import { localContext } from '@autodevops/domain/local-cluster';
import type { LocalCheck } from '@autodevops/domain/local-cluster';
import { printable } from '@autodevops/domain/printable';
import { formatBytes, formatCores } from '@autodevops/domain/quantity';
import { asRemedy, remedy, remedyIn } from '@autodevops/domain/remedy/remedy';
import { hasImage } from '../engine/marked-image.ts';
import { readContextFacts } from '../../kubeconfig/kubeconfig.ts';
import { findKind } from './kind-program.ts';
import { lookAround } from './life.ts';
import type { Life, Scene } from './life.ts';
import { ceilingOf } from './make-cluster.ts';
import { kubernetesOf, nodeImageFor } from './node-image.ts';
import { portTroubles } from './port-check.ts';

function fine(name: string, says: string): LocalCheck {
  return { name, state: 'fine', says, remedy: '' };
}

function trouble(name: string, error: unknown): LocalCheck {
  if (!(error instanceof AutoDevOpsError) || error.code === 'interrupted') throw error;
  return { name, state: 'trouble', says: error.message, ...remedyIn(error) };
}

/** kind.sigs.k8s.io/docs/user/known-issues: what several nodes need of inotify. */
const inotify = { max_user_watches: 524_288, max_user_instances: 512 };

/** Only where the engine shares this machine's kernel can its limits be read from here. */
async function inotifyCheck({ machine }: Life, { found: { facts } }: Scene): Promise<LocalCheck> {
  if (process.platform !== 'linux' || facts.memory < machine.memory * 0.9) {
    return fine('inotify', "of the engine's own machine");
  }
  const low: string[] = [];
  for (const [name, wanted] of Object.entries(inotify)) {
    const has = Number.parseInt(await readFile(`/proc/sys/fs/inotify/${name}`, 'utf8').catch(() => ''), 10);
    if (has < wanted) low.push(`fs.inotify.${name} is ${has}`);
  }
  if (low.length === 0) return fine('inotify', 'the limits are high enough');
  const raise = Object.entries(inotify)
    .map(([name, wanted]) => `fs.inotify.${name}=${wanted}`)
    .join(' ');
  return {
    name: 'inotify',
    state: 'note',
    says: `${low.join(', ')}; with several nodes pods may fail with "too many open files"`,
    remedy: `sudo sysctl ${raise}`,
  };
}

function cgroupCheck({ found: { facts, name } }: Scene, kubernetes: string | undefined): LocalCheck {
  if (facts.cgroup !== 1) {
    return fine('cgroups', facts.cgroup === 0 ? `${name} does not say which version` : 'version 2');
  }
  if (facts.rootless) {
    return {
      name: 'cgroups',
      state: 'trouble',
      says: 'version 1, which a rootless engine cannot use for nodes',
      remedy: 'Boot with cgroup v2 (`systemd.unified_cgroup_hierarchy=1`), or use an engine of root.',
    };
  }
  return {
    name: 'cgroups',
    state: 'note',
    says: `version 1, which Kubernetes ${kubernetes ?? ''} takes only because it is told to here`.replace('  ', ' '),
    remedy: 'Boot with cgroup v2 when you can: later versions will not run on this.',
  };
}

function sizeCheck(life: Life, scene: Scene): LocalCheck {
  try {
    const { memory, cpus } = ceilingOf(life, scene);
    const most = [
      memory === undefined ? 'all memory' : `${formatBytes(memory)} of memory`,
      cpus === undefined ? 'all cores' : `${formatCores(cpus)} cores`,
    ].join(' and ');
    return fine('size', `${life.settings.nodes} nodes, which may take ${most}`);
  } catch (error) {
    return trouble('size', error);
  }
}

async function portCheck({ settings, signal }: Life, { phase }: Scene): Promise<readonly LocalCheck[]> {
  if (settings.ports.length === 0) return [];
  // They are taken by the cluster itself.
  if (phase !== 'absent' && phase !== 'half-made') return [fine('ports', 'mapped')];
  const troubles = await portTroubles(settings.ports, signal);
  if (troubles.length === 0) return [fine('ports', settings.ports.map(({ host }) => host).join(', '))];
  return troubles.map(({ says, remedy }) => ({ name: 'ports', state: 'trouble' as const, says, remedy }));
}

const registryMs = 5_000;

async function registryAnswers(image: string, signal: AbortSignal): Promise<boolean> {
  const host = image.split('/')[0] ?? '';
  const address = host === 'docker.io' ? 'registry-1.docker.io' : host;
  try {
    const answer = await fetch(`https://${address}/v2/`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(registryMs)]),
    });
    await answer.body?.cancel();
    return answer.status === 200 || answer.status === 401;
  } catch {
    stopIfAborted(signal);
    return false;
  }
}

async function imageCheck(
  { settings, signal }: Life,
  { found, phase }: Scene,
  kindVersion: string,
): Promise<LocalCheck> {
  const image = nodeImageFor(settings, kindVersion);
  if (phase === 'running' || (await hasImage(found.engine, image, { signal, withinMs: 30_000 }))) {
    return fine('node image', 'here');
  }
  if (await registryAnswers(image, signal)) return fine('node image', `${image}, to be fetched`);
  return {
    name: 'node image',
    state: 'trouble',
    says: `${image} is not here, and its registry does not answer`,
    remedy: 'Check network and proxy; or bring the image once (`docker load`) and name it by `cluster.image`.',
  };
}

/** A context that a cluster left behind, or that leads to where it was before. */
async function contextCheck({ settings, folder }: Life, { phase, state }: Scene): Promise<LocalCheck> {
  const context = localContext(settings.name);
  const kubeconfig = state?.kubeconfig ?? settings.kubeconfig;
  const look = async (choice: { readonly kubeconfig?: string | undefined }): Promise<string | undefined> =>
    (await readContextFacts({ context, ...choice }).catch(() => undefined))?.server;
  const [there, own] = [await look({ kubeconfig }), await look({ kubeconfig: folder.kubeconfig })];
  if (there === undefined) {
    return phase === 'running'
      ? {
          name: 'kubeconfig',
          state: 'note',
          says: `has no context ${context}`,
          ...asRemedy(remedy`Write it: ${{ do: 'write-local-kubeconfig' }}.`),
        }
      : fine('kubeconfig', `no context ${context} yet`);
  }
  if (phase === 'absent') {
    return {
      name: 'kubeconfig',
      state: 'note',
      says: `has a context ${context} of a cluster that is not there any more`,
      ...asRemedy(
        remedy`${{ do: 'make-local-cluster' }} replaces it; or \`kubectl config delete-context ${context}\`.`,
      ),
    };
  }
  if (own !== undefined && own !== there) {
    return {
      name: 'kubeconfig',
      state: 'note',
      says: `context ${context} leads to ${printable(there)}; the cluster is at ${own}`,
      ...asRemedy(remedy`Write it anew: ${{ do: 'write-local-kubeconfig' }}.`),
    };
  }
  return fine('kubeconfig', `context ${context}`);
}

function clusterCheck({ settings: { name } }: Life, { phase, state }: Scene): LocalCheck {
  if (phase === 'foreign') {
    return {
      name: 'cluster',
      state: 'trouble',
      says: `a Kind cluster "${name}" exists that was not made from here`,
      ...asRemedy(remedy`Choose another \`cluster.name\` (or ${{ do: 'choose-local-name' }}).`),
    };
  }
  if (phase === 'half-made') {
    return {
      name: 'cluster',
      state: 'note',
      says: `"${name}" is half made`,
      ...asRemedy(remedy`${{ do: 'make-local-cluster' }} goes on; ${{ do: 'remove-local-cluster' }} removes it.`),
    };
  }
  if (phase === 'absent' && state !== undefined) {
    return {
      name: 'cluster',
      state: 'note',
      says: `"${name}" was made from here, and its nodes are gone`,
      ...asRemedy(
        remedy`${{ do: 'make-local-cluster' }} makes it anew; ${{ do: 'remove-local-cluster' }} removes what is left.`,
      ),
    };
  }
  return fine('cluster', phase === 'absent' ? `no "${name}" yet` : `"${name}" is ${phase.replace('-', ' ')}`);
}

async function kindCheck(
  { settings, variables, signal }: Life,
  engine: string,
): Promise<{ readonly check: LocalCheck; readonly version: string | undefined }> {
  try {
    const { version } = await findKind(settings.kind, engine, variables, signal);
    return { check: fine('kind', version), version };
  } catch (error) {
    return { check: trouble('kind', error), version: undefined };
  }
}

/** Everything that could be in the way of `up`, each with what to do. Throws `interrupted` and what is unexpected. */
export async function doctorOf(life: Life): Promise<readonly LocalCheck[]> {
  let scene: Scene;
  try {
    scene = await lookAround(life);
  } catch (error) {
    const { check } = await kindCheck(life, life.settings.engine ?? 'docker');
    return [trouble('container engine', error), check];
  }
  const { found } = scene;
  const kind = await kindCheck(life, found.name);
  const kubernetes = kind.version === undefined ? undefined : kubernetesOf(life.settings, kind.version);
  return [
    fine(
      'container engine',
      `${found.name} ${printable(found.facts.version)}${found.facts.rootless ? ', rootless' : ''}`,
    ),
    kind.check,
    sizeCheck(life, scene),
    cgroupCheck(scene, kubernetes),
    await inotifyCheck(life, scene),
    ...(await portCheck(life, scene)),
    ...(kind.version === undefined ? [] : [await imageCheck(life, scene, kind.version)]),
    await contextCheck(life, scene),
    clusterCheck(life, scene),
  ];
}
