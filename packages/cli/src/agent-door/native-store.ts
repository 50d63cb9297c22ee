import { AutoDevOpsError } from '@autodevops/domain/errors';

/** The oldest Node for which better-sqlite3 is made; on an older one loading it ends the process. */
const oldest = 22;

/** Throws `store.unavailable` where the process could not keep a journal. `version` as Node says it: `v22.1.0`. */
export function requireStoreNode(version: string): void {
  if (Number.parseInt(version.replace(/^v/, ''), 10) >= oldest) return;
  throw new AutoDevOpsError(
    'store.unavailable',
    `Changes are written to a journal, for which Node.js ${oldest} or newer is needed; this is ${version}.`,
    'Run it with a newer Node; what only reads (diagnose, ask, explain) works with this one.',
  );
}
