import type { LocalMachine } from '../scenarios/local-machine.ts';

/** What a window needs to make local clusters on this machine; the configuration lies in its folder. */
export function machineEnvironment({ environment, kubeconfig }: LocalMachine): Record<string, string> {
  const wanted = ['XDG_STATE_HOME', 'AUTODEVOPS_KIND', 'AUTODEVOPS_NODE_IMAGE', 'DOCKER_HOST'];
  const given = wanted.flatMap((variable) =>
    environment[variable] === undefined ? [] : [[variable, environment[variable]]],
  );
  return { ...Object.fromEntries(given), KUBECONFIG: kubeconfig };
}
