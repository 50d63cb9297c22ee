import { AutoDevOpsError } from '@autodevops/domain/errors';
import { runEngine } from '../engine-command.ts';
import type { Ended, Engine } from '../engine-command.ts';
import { engineAddress, isHere } from '../kind-nodes.ts';
import { unstopped, whyOf } from './ended-why.ts';
import { engineNames, infoArguments, readEngineInfo } from './engine-facts.ts';
import type { EngineFacts, EngineName } from './engine-facts.ts';

export interface FoundEngine {
  readonly engine: Engine;
  readonly name: EngineName;
  readonly facts: EngineFacts;
}

export interface EngineChoice {
  /** Undefined: the one that KIND_EXPERIMENTAL_PROVIDER names, else the first that answers. */
  readonly wanted: EngineName | undefined;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

const askMs = 20_000;
const titles: Readonly<Record<EngineName, string>> = { docker: 'Docker', podman: 'Podman', nerdctl: 'nerdctl' };

const starting: Readonly<Record<EngineName, string>> = {
  docker: 'Start it: Docker Desktop, or `sudo systemctl start docker`.',
  podman: 'Start it: `podman machine start` (macOS, Windows); on Linux nothing has to run, so look at `podman info`.',
  nerdctl: 'Start containerd: Rancher Desktop, Lima, or `sudo systemctl start containerd`.',
};

/** On Windows the engine is behind a pipe, which is not there while nobody made it. */
const absent = /cannot connect|connection refused|no such file or directory|cannot find the file specified/i;

/** Why an installed engine does not answer, and what to do. */
function refusal(name: EngineName, ended: Ended): AutoDevOpsError {
  const title = titles[name];
  if (/permission denied/i.test(ended.said)) {
    return new AutoDevOpsError(
      'local.no-engine',
      `You may not talk to ${title}: permission denied.`,
      name === 'docker'
        ? 'Become a member of the group docker (`sudo usermod -aG docker $USER`, then log in again), or use rootless Docker or Podman.'
        : `Use a rootless ${title}, or a user that may.`,
    );
  }
  if (absent.test(ended.said)) {
    return new AutoDevOpsError('local.no-engine', `${title} is installed but does not run.`, starting[name]);
  }
  return new AutoDevOpsError(
    'local.no-engine',
    `${title} is installed but does not answer: ${unstopped(whyOf(ended))}.`,
    starting[name],
  );
}

function chosen({ wanted, variables }: EngineChoice): readonly EngineName[] {
  const named = wanted ?? variables['KIND_EXPERIMENTAL_PROVIDER'];
  return named === undefined || named === '' ? engineNames : engineNames.filter((name) => name === named);
}

async function refuseElsewhere(engine: Engine, signal: AbortSignal): Promise<void> {
  const address = await engineAddress(engine, signal);
  if (isHere(address)) return;
  throw new AutoDevOpsError(
    'local.no-engine',
    `${titles[engine.name as EngineName]} works on another machine; a local cluster would not be reachable here.`,
    'Choose an engine of this machine (`docker context use default`, or unset DOCKER_HOST).',
  );
}

/** The engine that the nodes run in. Throws `local.no-engine` with what stands in the way of the first that is installed. */
export async function findEngine(choice: EngineChoice, signal: AbortSignal): Promise<FoundEngine> {
  const names = chosen(choice);
  let first: AutoDevOpsError | undefined;
  for (const name of names) {
    const engine: Engine = { name, variables: choice.variables };
    const ended = await runEngine(engine, infoArguments(name), { signal, withinMs: askMs });
    if (ended.why === 'ENOENT') continue;
    const facts = readEngineInfo(name, ended.output);
    if (facts !== undefined) {
      await refuseElsewhere(engine, signal);
      return { engine, name, facts };
    }
    // Podman under Docker's name is asked in its own words next.
    if (ended.code !== 0 || ended.output.trim() === '' || name !== 'docker') first ??= refusal(name, ended);
  }
  throw (
    first ??
    new AutoDevOpsError(
      'local.no-engine',
      `No container engine is installed (${names.join(', ')}).`,
      'Install Docker (https://docs.docker.com/get-docker), Podman (https://podman.io/docs/installation) or nerdctl (https://github.com/containerd/nerdctl).',
    )
  );
}
