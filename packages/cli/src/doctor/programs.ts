import { oneLine } from '@autodevops/domain/printable';
import type { MachineFacts } from '../surroundings.ts';
import { fine } from './check.ts';
import type { Check } from './check.ts';

const oldestNode = 20;

export function checkNode({ nodeVersion }: MachineFacts): Check {
  const major = Number.parseInt(nodeVersion.replace(/^v/, ''), 10);
  if (major >= oldestNode) return fine('Node.js', nodeVersion);
  return {
    name: 'Node.js',
    state: 'missing',
    says: `${nodeVersion} is too old`,
    remedy: `Install Node.js ${oldestNode} or newer from https://nodejs.org.`,
  };
}

async function version(machine: MachineFacts, program: string, args: readonly string[]): Promise<string | undefined> {
  const said = await machine.programVersion(program, args);
  return said === undefined ? undefined : oneLine(said, 80);
}

/** A container engine is needed for local Kind clusters only. */
export async function checkEngine(machine: MachineFacts): Promise<Check> {
  const format = ['version', '--format', '{{.Server.Version}}'];
  const docker = await version(machine, 'docker', format);
  if (docker !== undefined) return fine('container engine', `Docker ${docker}`);
  const podman = await version(machine, 'podman', ['--version']);
  if (podman !== undefined) return fine('container engine', podman);
  const nerdctl = await version(machine, 'nerdctl', ['--version']);
  if (nerdctl !== undefined) return fine('container engine', nerdctl);
  const installed = (await version(machine, 'docker', ['--version'])) !== undefined;
  return {
    name: 'container engine',
    state: 'optional',
    says: installed
      ? 'Docker is installed but does not answer'
      : 'neither Docker, Podman nor nerdctl is here; needed for local Kind clusters only',
    remedy: installed
      ? 'Start Docker (Docker Desktop, or `systemctl start docker`), and check that you may use it.'
      : 'https://docs.docker.com/get-docker/ or https://podman.io/docs/installation',
  };
}

/** `program`: as AUTODEVOPS_KIND names it, where it is not the one on the PATH. */
export async function checkKind(machine: MachineFacts, program = 'kind'): Promise<Check> {
  const kind = await version(machine, program, ['version']);
  if (kind !== undefined) return fine('kind', kind);
  return {
    name: 'kind',
    state: 'optional',
    says: 'not here; needed to make a local cluster',
    remedy: 'https://kind.sigs.k8s.io/docs/user/quick-start/#installation',
  };
}

export async function checkKubectl(machine: MachineFacts): Promise<Check> {
  const kubectl = await version(machine, 'kubectl', ['version', '--client']);
  if (kubectl !== undefined) return fine('kubectl', kubectl);
  return {
    name: 'kubectl',
    state: 'optional',
    says: 'not here; Jamie does not need it, you may, to carry out what she advises',
    remedy: 'https://kubernetes.io/docs/tasks/tools/',
  };
}
