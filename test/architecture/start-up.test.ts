import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, sourceFiles } from './source-files.ts';

/** What a file loads before it runs: no types, and nothing that is imported when it is needed. */
const loadedFirst = /(?:^|\n)(?:import|export)\s(?!type\b)[^'"`;]*?from\s*['"]([^'"]+)['"]/g;
const texts = new Map(sourceFiles().map(({ path, text }) => [path, text]));

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string>>;
}

const homes = [
  'agent-core',
  'bot',
  ...['domain', 'kube', 'bundles', 'agentd', 'store', 'delivery', 'signals'].map((name) => `packages/${name}`),
];
const manifests = homes
  .filter((home) => existsSync(join(root, home, 'package.json')))
  .map((home) => ({ home, ...(JSON.parse(readFileSync(join(root, home, 'package.json'), 'utf8')) as Manifest) }));

/** The file that a package offers under a name, `./changes/*` included. */
function offered(imported: string): string | undefined {
  const manifest = manifests.find(({ name }) => imported.startsWith(`${name}/`));
  if (manifest === undefined) return undefined;
  const wanted = `.${imported.slice(manifest.name.length)}`;
  for (const [name, file] of Object.entries(manifest.exports ?? {})) {
    const [before = '', after] = name.split('*');
    if (name === wanted) return posix.join(manifest.home, file);
    if (after === undefined || !wanted.startsWith(before) || !wanted.endsWith(after)) continue;
    const found = posix.join(manifest.home, file.replaceAll('*', wanted.slice(before.length)));
    if (texts.has(found)) return found;
  }
  return undefined;
}

/** A file and all that is loaded with it; packages of others by their names. */
function loadedWith(first: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, imported = ''] of (texts.get(path) ?? '').matchAll(loadedFirst)) {
      visit(imported.startsWith('.') ? posix.join(posix.dirname(path), imported) : (offered(imported) ?? imported));
    }
  };
  visit(first);
  return seen;
}

describe('a question to a cluster', () => {
  it.each([
    'packages/cli/src/run-command.ts',
    'packages/cli/src/commands/diagnose.ts',
    'packages/kube/src/reader/cluster-reader.ts',
  ])('is sent before any rule, contract or YAML is loaded (%s)', (file) => {
    const loaded = [...loadedWith(file)];
    // It does follow imports into other packages.
    expect(loaded).toContain('packages/domain/src/errors.ts');
    expect(loaded.filter((path) => /^agent-core\/src\/(?:analyzers|evidence|ask)\/|^(?:zod|yaml)$/.test(path))).toEqual(
      [],
    );
  });

  it('is followed by the rules', () => {
    expect([...loadedWith('agent-core/src/jamie/diagnose.ts')]).toContain('agent-core/src/analyzers/registry.ts');
  });
});
