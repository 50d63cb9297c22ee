import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../bed/host/command.ts';
import { timed } from '../bed/host/progress.ts';
import { keyOf, pieceOnDisk } from '../bed/build/pieces.ts';

/** Visual Studio Code as a server: code-server of this version carries VS Code 1.139.1. */
export const CODE_SERVER = '4.139.1';
const NODE_GYP = '13.1.0';

/**
 * Modules that the server cannot start without and that come without a binary. The others that have to be compiled
 * (kerberos, sqlite3, ...) serve what no test uses.
 */
const COMPILED = ['@vscode/spdlog', '@vscode/native-watchdog', '@vscode/deviceid', '@vscode/fs-copyfile'];

/** The folder of the Node headers that lie beside this Node's binary. */
function nodeHeaders(): string {
  return dirname(dirname(process.execPath));
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  await run('npm', [...args, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error'], {
    cwd,
    seconds: 900,
    env: { npm_config_engine_strict: 'false' },
  });
}

async function compile(module: string, vscode: string, gyp: string): Promise<void> {
  await run(process.execPath, [gyp, 'rebuild'], {
    cwd: join(vscode, 'node_modules', module),
    seconds: 900,
    env: { npm_config_nodedir: nodeHeaders() },
  });
}

async function install(folder: string): Promise<void> {
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  await timed('  its packages', () => npm(['install', `code-server@${CODE_SERVER}`, `node-gyp@${NODE_GYP}`], folder));
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  await timed('  the packages of VS Code', async () => {
    await npm(['install', '--omit=dev'], vscode);
    await npm(['install', '--omit=dev'], join(vscode, 'extensions'));
  });
  await timed('  modules that are compiled', async () => {
    for (const module of COMPILED) {
      await compile(module, vscode, join(folder, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'));
    }
  });
  // What its own install script would link.
  for (const [link, target] of [
    ['remote-cli/code-server', 'code-linux.sh'],
    ['helpers/browser.sh', 'browser-linux.sh'],
  ] as const) {
    mkdirSync(dirname(join(vscode, 'bin', link)), { recursive: true });
    symlinkSync(target, `${join(vscode, 'bin', link)}.new`);
    renameSync(`${join(vscode, 'bin', link)}.new`, join(vscode, 'bin', link));
  }
}

/** The path of code-server's program, installed if need be (three minutes, 650 MB, once). */
export async function codeServer(): Promise<string> {
  const folder = await pieceOnDisk({ name: 'code-server', key: keyOf([], [CODE_SERVER, COMPILED]) }, install);
  return join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
}
