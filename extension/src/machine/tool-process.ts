import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { interrupted } from '@autodevops/domain/interruption';
import { oneLine } from '@autodevops/domain/printable';
import { t } from '../language/translate.ts';
import type { Tools } from '../ports/tools.ts';

/** Bytes that a program may print. */
const mostOutput = 16 * 1024 * 1024;
/** Milliseconds that it may take. */
const longest = 60_000;

/** Programs as processes of their own, in a folder, without a shell and without a terminal. */
export const toolProcesses: Tools = {
  run: async (program, args, { folder, signal }) => {
    try {
      const { stdout } = await promisify(execFile)(program, [...args], {
        cwd: folder,
        signal,
        timeout: longest,
        maxBuffer: mostOutput,
        windowsHide: true,
      });
      return stdout;
    } catch (error) {
      if (signal.aborted) throw interrupted();
      const { stderr = '', message } = error as Error & { readonly stderr?: string };
      throw new AutoDevOpsError(
        'usage',
        t('{0} failed: {1}', program.split(/[\\/]/).at(-1) ?? program, oneLine(stderr || message, 400)),
        t('Run it in a terminal to see all that it says.'),
        { cause: error },
      );
    }
  },
};
