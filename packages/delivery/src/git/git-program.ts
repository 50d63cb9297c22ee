import { spawn } from 'node:child_process';
import type { AutoDevOpsError } from '@autodevops/domain/errors';
import { interrupted } from '@autodevops/domain/interruption';
import { gitFailure } from './failure.ts';

/** No prompt, no hook, no configuration of this machine's users, and no protocol that runs a program. */
const quiet = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
  GIT_AUTHOR_NAME: 'Auto-DevOps',
  GIT_AUTHOR_EMAIL: 'autodevops@localhost',
  GIT_COMMITTER_NAME: 'Auto-DevOps',
  GIT_COMMITTER_EMAIL: 'autodevops@localhost',
} as const;

const settings: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['protocol.allow', 'never'],
  ['protocol.https.allow', 'always'],
  ['protocol.ssh.allow', 'always'],
  ['protocol.file.allow', 'always'],
];

/** Settings by environment: a token in the arguments would stand in every list of processes. */
function settingsEnvironment(token: string | undefined): Record<string, string> {
  const header =
    token === undefined
      ? []
      : [
          [
            'http.extraHeader',
            `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
          ] as const,
        ];
  const all = [...settings, ...header];
  return Object.fromEntries([
    ['GIT_CONFIG_COUNT', String(all.length)],
    ...all.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ]) as Record<string, string>;
}

/** By these git keeps to a repository of the caller's, as it does within a hook: `git rev-parse --local-env-vars`. */
const ofAnotherRepository =
  /^GIT_(?:(?:COMMON_)?DIR|(?:IMPLICIT_)?WORK_TREE|INDEX_FILE|PREFIX|NAMESPACE|(?:ALTERNATE_)?OBJECT_DIRECTOR(?:Y|IES)|GRAFT_FILE|SHALLOW_FILE|REPLACE_REF_BASE|NO_REPLACE_OBJECTS|INTERNAL_SUPER_PREFIX|CONFIG|CONFIG_PARAMETERS)$/i;

function freeEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofAnotherRepository.test(name)));
}

export interface GitRun {
  readonly folder: string;
  readonly token: string | undefined;
  readonly signal: AbortSignal;
  readonly input?: string;
  readonly index?: string;
  /** Exit codes that are answers, not failures. */
  readonly allow?: readonly number[];
}

const seconds = 120;

function whyNot({ code }: NodeJS.ErrnoException, args: readonly string[], { signal }: GitRun): AutoDevOpsError {
  if (code === 'ENOENT') return gitFailure('There is no git on this machine.', '', 'Install Git.');
  return signal.aborted
    ? interrupted()
    : gitFailure(`git ${args[0]} did not end within ${seconds} s.`, '', 'Is the repository reachable?');
}

/** Runs git in a folder and gives back what it printed. Bounded in time; ended when the signal says so. */
export async function git(
  args: readonly string[],
  run: GitRun,
): Promise<{ readonly code: number; readonly out: string }> {
  const env = {
    ...freeEnvironment(),
    ...quiet,
    ...settingsEnvironment(run.token),
    ...(run.index === undefined ? {} : { GIT_INDEX_FILE: run.index }),
  };
  const signal = AbortSignal.any([run.signal, AbortSignal.timeout(seconds * 1000)]);
  return await new Promise((resolve, reject) => {
    const child = spawn('git', [...args], {
      cwd: run.folder,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      signal,
    });
    let out = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-4000);
    });
    child.on('error', (error: NodeJS.ErrnoException) => reject(whyNot(error, args, run)));
    child.on('close', (code) => {
      if (code === 0 || (code !== null && run.allow?.includes(code) === true)) resolve({ code: code ?? 0, out });
      else {
        reject(
          gitFailure(
            `git ${args[0]} failed:`,
            errors,
            'See that the repository of the configuration is reachable and that the token may push.',
          ),
        );
      }
    });
    child.stdin.on('error', () => {});
    child.stdin.end(run.input ?? '');
  });
}
