// What the command line's build is made of: the same fingerprint means the same build. Plain JavaScript, for any Node.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = [
  'agent-core/src',
  'packages/domain/src',
  'packages/kube/src',
  'packages/bundles/src',
  'packages/store/src',
  'packages/delivery/src',
  'packages/signals/src',
  'packages/agentd/src',
  'bot/src',
  'packages/cli/src',
];
const files = [
  'packages/cli/package.json',
  'packages/workspace/build/build.ts',
  'packages/workspace/build/cli-bundle.ts',
  'packages/workspace/build/bundle-plugins.ts',
  'packages/workspace/build/merged-chunks.ts',
  'packages/workspace/build/picture-entries.ts',
  'packages/workspace/build/third-party-notices.ts',
  'pnpm-lock.yaml',
];

function isSource(name) {
  return !name.endsWith('.test.ts') && !/(^|[\\/])(fixtures|golden|testing)([\\/]|$)/.test(name);
}

/** A hash over the names and contents of every file that the build reads. */
export function sourceFingerprint(root) {
  const hash = createHash('sha256');
  const all = folders.flatMap((folder) => {
    const path = join(root, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .filter((file) => isSource(file.slice(path.length)));
  });
  for (const file of [...all, ...files.map((name) => join(root, name))].toSorted()) {
    if (!existsSync(file)) continue;
    hash.update(file.slice(root.length).replaceAll('\\', '/')).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** True when packages/cli/dist was built from the sources as they are. */
export function isBuilt(root) {
  const stamp = join(root, 'packages', 'cli', 'dist', '.fingerprint');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceFingerprint(root);
}
