import type * as ChildProcesses from 'node:child_process';
import type { Readable } from 'node:stream';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { name, object, optional, text } from '@autodevops/domain/kubernetes/shape';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import type { Environment } from './environment.ts';
import { pathsOf } from './environment.ts';
import type { ExecConfig } from './kubeconfig-file.ts';

/** What a plugin gave. `expiresAt` in milliseconds since the epoch; absent: it does not say. */
export interface ExecCredential {
  readonly token: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  readonly expiresAt: number | undefined;
}

export interface ExecRun {
  readonly config: ExecConfig;
  /** Relative commands with a slash start from here. */
  readonly folder: string;
  /** What `provideClusterInfo` passes on: the cluster's entry as the plugin's API has it. */
  readonly cluster: Readonly<Record<string, unknown>>;
  readonly environment: Environment;
  readonly timeoutMs: number;
}

const versions = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];
const credentialShape = object({
  apiVersion: name,
  kind: name,
  status: optional(
    object({ token: text, clientCertificateData: text, clientKeyData: text, expirationTimestamp: text }),
  ),
});
const longestOutput = 1024 * 1024;
/** What it printed is there by then; a browser that it opened may hold its output open for as long as it runs. */
const afterEndMs = 1_000;
const startFailures: Readonly<Record<string, string>> = {
  ENOENT: 'is not installed',
  EACCES: 'may not be run by you',
  EPERM: 'may not be run by you',
};
/** To run a batch file is to have cmd.exe read the arguments, which come from the kubeconfig. */
const startFailuresOnWindows: Readonly<Record<string, string>> = {
  ...startFailures,
  ENOENT: 'is not installed, or is a batch file, which is not run',
  EINVAL: 'is a batch file, which is not run',
};

function failed(config: ExecConfig, why: string): AutoDevOpsError {
  const hint = config.installHint === undefined ? '' : ` ${oneLine(config.installHint, 300)}`;
  return new AutoDevOpsError(
    'kubeconfig.credentials',
    `The credential plugin "${oneLine(config.command, 120)}" ${why}.`,
    `Run the plugin by hand, or log in again with your cloud's tool, and try again.${hint}`,
  );
}

function commandPath({ config, folder, environment }: ExecRun): string {
  const paths = pathsOf(environment);
  const relative = config.command.includes('/') || config.command.includes(paths.sep);
  return relative && !paths.isAbsolute(config.command) ? paths.join(folder, config.command) : config.command;
}

function variablesFor({ config, cluster, environment }: ExecRun): NodeJS.ProcessEnv {
  const info = {
    apiVersion: config.apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(config.provideClusterInfo === true ? { cluster } : {}) },
  };
  const own = Object.fromEntries(config.env.map((variable) => [variable.name, variable.value]));
  return { ...environment.variables, ...own, KUBERNETES_EXEC_INFO: JSON.stringify(info) };
}

function checkConfig(config: ExecConfig): void {
  if (config.command === '') throw failed(config, 'has no command in the kubeconfig');
  if (!versions.includes(config.apiVersion)) {
    throw failed(
      config,
      `is asked for in version "${oneLine(config.apiVersion, 80)}", which is not supported (v1 and v1beta1 are)`,
    );
  }
  if (config.interactiveMode === 'Always') {
    throw failed(config, 'wants to ask questions at a terminal, which is not possible here');
  }
}

function notStarted({ config, environment }: ExecRun, error: unknown): AutoDevOpsError {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  const reasons = environment.platform === 'win32' ? startFailuresOnWindows : startFailures;
  return failed(config, reasons[code] ?? `could not be started (${code})`);
}

function start(
  run: ExecRun,
  spawn: typeof ChildProcesses.spawn,
): ChildProcesses.ChildProcessByStdio<null, Readable, Readable> {
  try {
    return spawn(commandPath(run), [...run.config.args], {
      env: variablesFor(run),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
  } catch (error) {
    // Some failures are thrown at once: a batch file, a zero byte, arguments that are too long.
    throw notStarted(run, error);
  }
}

/** The plugin's standard output, with what it said on standard error when it failed. */
async function output(run: ExecRun): Promise<string> {
  const { config, timeoutMs } = run;
  // Most kubeconfigs run nothing.
  const { spawn } = await import('node:child_process');
  return await new Promise((resolve, reject) => {
    const child = start(run, spawn);
    let out = '';
    let said = '';
    let why = '';
    const hangUp = (): void => {
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const stop = (because: string): void => {
      why ||= because;
      child.kill('SIGKILL');
      hangUp();
    };
    child.once('exit', () => setTimeout(hangUp, afterEndMs).unref());
    // A plugin that waits for a login must not outlive the one who asked for it.
    const end = (): void => void child.kill('SIGKILL');
    process.once('exit', end);
    child.once('close', () => process.off('exit', end));
    const timer = setTimeout(() => stop(`did not answer within ${timeoutMs / 1000} s`), timeoutMs);
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      out += chunk;
      if (out.length > longestOutput) stop('printed more than any ExecCredential holds');
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said = (said + chunk).slice(-4096);
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(notStarted(run, error));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (why !== '') reject(failed(config, why));
      else if (code !== 0) {
        reject(
          failed(
            config,
            `failed (${signal ?? `exit code ${code}`})${said.trim() === '' ? '' : `: ${oneLine(redact(said), 300)}`}`,
          ),
        );
      } else resolve(out);
    });
  });
}

function read(config: ExecConfig, out: string): ExecCredential {
  let raw: unknown;
  try {
    raw = JSON.parse(out);
  } catch {
    throw failed(config, 'did not print an ExecCredential but something else');
  }
  const { apiVersion, kind, status } = credentialShape.read(raw);
  if (kind !== 'ExecCredential') throw failed(config, 'did not print an ExecCredential but something else');
  if (apiVersion !== config.apiVersion) {
    throw failed(
      config,
      `answered in version "${oneLine(apiVersion, 80)}" although "${config.apiVersion}" was asked for`,
    );
  }
  const { token, clientCertificateData: certificate, clientKeyData: key, expirationTimestamp } = status ?? {};
  if (!token && !(certificate && key)) {
    throw failed(config, 'gave neither a token nor a client certificate with its key');
  }
  const expiresAt = expirationTimestamp === undefined ? Number.NaN : Date.parse(expirationTimestamp);
  return { token, certificate, key, expiresAt: Number.isNaN(expiresAt) ? undefined : expiresAt };
}

/** Runs an exec plugin once. Throws `kubeconfig.credentials` with what the plugin said (secrets masked). */
export async function runExecPlugin(run: ExecRun): Promise<ExecCredential> {
  checkConfig(run.config);
  return read(run.config, await output(run));
}
