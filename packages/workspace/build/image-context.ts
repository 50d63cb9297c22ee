import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** Where a package lies that another one needs, as Node looks for it; undefined: it is not installed. */
function packageFolder(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name);
    if (existsSync(place)) return realpathSync(place);
    if (dirname(folder) === folder) return undefined;
  }
}

/** What a package needs when it runs, with what that needs. Throws where something is missing or is there in two versions. */
function neededBy(folder: string, found: Map<string, string> = new Map()): ReadonlyMap<string, string> {
  const { dependencies = {}, optionalDependencies = {} } = manifestIn(folder);
  for (const name of [...Object.keys(dependencies), ...Object.keys(optionalDependencies)]) {
    const place = packageFolder(name, folder);
    if (place === undefined && name in optionalDependencies) continue;
    if (place === undefined) throw new Error(`${name} is not installed: run \`npm start\` once.`);
    const known = found.get(name);
    if (known !== undefined && known !== place) {
      throw new Error(`${name} is needed in two versions, which one folder cannot hold.`);
    }
    if (known !== undefined) continue;
    found.set(name, place);
    neededBy(place, found);
  }
  return found;
}

/** Of a package with a native part: that for other systems, and the sources that it is made from, stay out. */
function isWantedOfNative(path: string): boolean {
  const [first = '', second = ''] = path.split(sep);
  if (first === 'prebuilds') return second === '' || second.startsWith('linux-');
  return !['deps', 'src', 'binding.gyp'].includes(first);
}

function copyPackage(from: string, to: string): void {
  const isNative = existsSync(join(from, 'binding.gyp'));
  const filter = (place: string): boolean => {
    const path = relative(from, place);
    // What is linked lies elsewhere, and may lie nowhere.
    return (
      !path.startsWith('node_modules') && !lstatSync(place).isSymbolicLink() && (!isNative || isWantedOfNative(path))
    );
  };
  cpSync(from, to, { recursive: true, filter });
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) openToAll(join(folder, entry.name));
    else chmodSync(join(folder, entry.name), 0o644);
  }
}

/** Puts deploy/images with the built command line and what it needs into a folder, for a container engine to build from. */
export function gatherImage(root: string, context: string): void {
  const [recipe, cli] = [join(root, 'deploy', 'images'), join(root, 'packages', 'cli')];
  const program = join(context, 'root', 'opt', 'autodevops');
  mkdirSync(program, { recursive: true });
  cpSync(join(recipe, 'Dockerfile'), join(context, 'Dockerfile'));
  cpSync(join(recipe, 'check-store.mjs'), join(program, 'check-store.mjs'));
  cpSync(join(root, 'LICENSE'), join(program, 'LICENSE'));
  for (const part of ['bin', 'dist', 'package.json']) cpSync(join(cli, part), join(program, part), { recursive: true });
  for (const [name, from] of neededBy(cli)) copyPackage(from, join(program, 'node_modules', name));
  openToAll(join(context, 'root'));
}
