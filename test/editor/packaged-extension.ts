import { join } from 'node:path';
import { run } from '../bed/host/command.ts';

const root = join(import.meta.dirname, '..', '..');

/** The path of a .vsix: that of AUTODEVOPS_VSIX, else it is built and packaged now. */
export async function packagedExtension(): Promise<string> {
  const { AUTODEVOPS_VSIX: given } = process.env;
  if (given !== undefined && given !== '') return given;
  const printed = await run(
    process.execPath,
    [join(root, 'packages', 'workspace', 'build', 'extension.ts'), 'package'],
    { cwd: root, seconds: 300 },
  );
  const file = printed.trim().split('\n').at(-1) ?? '';
  if (!file.endsWith('.vsix')) throw new Error(`Packaging printed no path of a .vsix: ${printed.slice(-500)}`);
  return file;
}
