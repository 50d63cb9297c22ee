import { spawn } from 'node:child_process';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { interrupted } from '@autodevops/domain/interruption';
import type { HelmOptions } from '@autodevops/domain/ports/helm-releases';

/** How the program is called. */
export interface HelmChoice {
  /** `helm` when absent. */
  readonly program?: string;
  /** The environment that it runs in; this process's when absent. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  readonly kubeconfig?: string;
  readonly context?: string;
}

interface Bounds extends HelmOptions {
  readonly withinMs: number;
}

/** How it ended. `code` undefined: it was ended from here because its time ran out. */
export interface HelmEnded {
  readonly code: number | undefined;
  readonly output: string;
  /** The end of what it said on standard error. */
  readonly said: string;
}

const longestOutput = 4 * 1024 * 1024;

/** Which cluster: always said, so that a default of this machine's users is never meant by chance. */
function clusterArguments({ kubeconfig, context }: HelmChoice): readonly string[] {
  return [
    ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
    ...(context === undefined ? [] : ['--kube-context', context]),
  ];
}

/** One word each, so that no name is ever taken for an option. */
function personArguments(as: HelmOptions['as']): readonly string[] {
  return as === undefined ? [] : [`--kube-as-user=${as.user}`, ...as.groups.map((group) => `--kube-as-group=${group}`)];
}

/** Variables by which Helm would run something else, act as somebody else or talk about secrets. */
const dropped = /^HELM_(PLUGINS|DEBUG|KUBE.*|NAMESPACE|DRIVER_SQL.*)$/;

function environment({ variables = process.env }: HelmChoice): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !dropped.test(entry[0]),
    ),
  );
}

/**
 * Runs helm without a shell, boundedly; ended when the signal says so. Throws `change.refused` when it cannot be
 * started, and `interrupted`.
 */
export async function runHelm(
  args: readonly string[],
  choice: HelmChoice,
  { signal, as, withinMs }: Bounds,
): Promise<HelmEnded> {
  const { program = 'helm' } = choice;
  signal.throwIfAborted();
  return await new Promise((resolve, reject) => {
    const child = spawn(program, [...args, ...clusterArguments(choice), ...personArguments(as)], {
      env: environment(choice),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const parts = { output: '', said: '' };
    const end = (): void => void child.kill('SIGKILL');
    const timer = setTimeout(end, withinMs);
    signal.addEventListener('abort', end, { once: true });
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      parts.output += text;
      if (parts.output.length > longestOutput) end();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      parts.said = (parts.said + text).slice(-4096);
    });
    child.on('error', () => {
      settle();
      reject(
        new AutoDevOpsError(
          'change.refused',
          `There is no program ${program} on this machine, or it cannot be run.`,
          'Install Helm.',
        ),
      );
    });
    child.on('close', (code) => {
      settle();
      if (signal.aborted) reject(interrupted());
      else resolve({ code: code ?? undefined, ...parts });
    });
  });
}
