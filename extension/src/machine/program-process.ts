import { spawn } from 'node:child_process';
import { insideElectron, nodeEnvironment } from '@autodevops/agentd/process/node-environment';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { interrupted } from '@autodevops/domain/interruption';
import { t } from '../language/translate.ts';
import type { Ended, Program } from '../program/program.ts';

/** An answer is never so long; what goes on writing is stopped. Characters. */
const longestAnswer = 256 * 1024 * 1024;
/** How long a program may take to end after it was asked to, in milliseconds. */
const endWithin = 5000;

/** Runs the command line as a process of its own, by the editor's own Node. Nothing goes through a shell. */
export function programProcess(file: string): Program {
  return {
    run: async (args, { signal, folder }) =>
      await new Promise<Ended>((resolve, reject) => {
        if (signal.aborted) return reject(interrupted());
        const child = spawn(process.execPath, [file, ...args], {
          cwd: folder,
          env: { ...nodeEnvironment(process.env, insideElectron()), NO_COLOR: '1' },
          stdio: ['ignore', 'pipe', 'pipe'],
          windowsHide: true,
        });
        const said = { stdout: '', stderr: '' };
        const end = (): void => {
          child.kill('SIGTERM');
          setTimeout(() => child.kill('SIGKILL'), endWithin).unref();
        };
        signal.addEventListener('abort', end, { once: true });
        for (const name of ['stdout', 'stderr'] as const) {
          child[name].setEncoding('utf8').on('data', (piece: string) => {
            said[name] += piece;
            if (said[name].length > longestAnswer) end();
          });
        }
        child.once('error', (error) =>
          reject(
            new AutoDevOpsError(
              'internal',
              t('The program of the extension could not be started: {0}', error.message),
              t('Install the extension again.'),
              { cause: error },
            ),
          ),
        );
        child.once('close', (code) => {
          signal.removeEventListener('abort', end);
          if (signal.aborted) reject(interrupted());
          else resolve({ code: code ?? 130, ...said });
        });
      }),
  };
}
