import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** How a run of the command line ended. */
export interface Ran {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const longest = 120_000;

/** Runs `autodevops`, without a terminal, in a home of its own; `token` says who it is that runs it. */
export function commandLine(program: string, home: string): (args: readonly string[], token?: string) => Promise<Ran> {
  const { PATH = '' } = process.env;
  const own = { PATH, HOME: home, XDG_STATE_HOME: join(home, 'state'), LANG: 'C.UTF-8', NO_COLOR: '1', COLUMNS: '200' };
  return async (args, token) =>
    await new Promise((resolve, reject) => {
      const env = { ...own, ...(token === undefined ? {} : { AUTODEVOPS_TOKEN: token }) };
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
        cwd: home,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: longest,
      });
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      child.once('error', reject);
      child.once('close', (code) => resolve({ code: code ?? undefined, stdout, stderr }));
    });
}
