import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import { existsSync } from 'node:fs';

/** What of the process a kubeconfig's meaning depends on; tests hand in their own. */
export interface Environment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** Where a pod's service account is mounted. */
  readonly serviceAccountFolder: string;
}

/** On Windows `~` is the first of these that holds a kubeconfig, as kubectl has it. */
function windowsHome(variables: Environment['variables']): string {
  const { HOME, HOMEDRIVE, HOMEPATH, USERPROFILE } = variables;
  const candidates = [
    HOME,
    HOMEDRIVE === undefined || HOMEPATH === undefined ? undefined : HOMEDRIVE + HOMEPATH,
    USERPROFILE,
  ];
  const known = candidates.filter((folder): folder is string => folder !== undefined && folder !== '');
  return known.find((folder) => existsSync(win32.join(folder, '.kube', 'config'))) ?? known.at(-1) ?? homedir();
}

/** The environment of this process. */
export function processEnvironment(): Environment {
  const { env: variables, platform } = process;
  return {
    variables,
    platform,
    home: platform === 'win32' ? windowsHome(variables) : variables['HOME'] || homedir(),
    serviceAccountFolder: '/var/run/secrets/kubernetes.io/serviceaccount',
  };
}

/** Paths by the rules of the environment's platform. */
export function pathsOf(environment: Environment): typeof posix {
  return environment.platform === 'win32' ? win32 : posix;
}
