import { Diagnosis } from '@autodevops/domain/diagnosis';
import type { Cause } from '@autodevops/domain/diagnosis';
import { isRecord } from '@autodevops/domain/raw-record';
import { runForJson } from '../program/program.ts';
import type { Program } from '../program/program.ts';
import type { WorkspaceObject } from './workspace-manifests.ts';

/** Objects that are judged at once. */
const most = 5000;

/** Of a Secret its keys are enough. */
function withoutSecrets({ kind, value }: WorkspaceObject): unknown {
  if (kind !== 'Secret' || !isRecord(value)) return value;
  const emptied = (field: string): object =>
    isRecord(value[field]) ? { [field]: Object.fromEntries(Object.keys(value[field]).map((key) => [key, ''])) } : {};
  return { ...value, ...emptied('data'), ...emptied('stringData') };
}

/** The objects as one list, each in its namespace, as if a server had printed them. */
function listOfObjects(objects: readonly WorkspaceObject[]): string {
  const items = objects.slice(0, most).map((one) => {
    const value = withoutSecrets(one);
    return isRecord(value)
      ? {
          ...value,
          metadata: {
            ...(isRecord(value['metadata']) ? value['metadata'] : {}),
            ...(one.namespace === '' ? {} : { namespace: one.namespace }),
          },
        }
      : value;
  });
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

/** Judged by what is written and nothing else: what has no status yet has not failed. */
function isReadOffFiles({ evidence }: Cause): boolean {
  return evidence.length > 0 && evidence.every(({ source }) => source === 'spec');
}

/** What Jamie's rules say of manifests without a cluster. Runs in a process of its own. `write` puts a text into a file of its own and gives the file and what removes it. */
export async function judgeFiles(
  objects: readonly WorkspaceObject[],
  {
    program,
    write,
    hygiene,
  }: {
    readonly program: Program;
    readonly write: (text: string) => Promise<{ readonly path: string; readonly remove: () => Promise<void> }>;
    readonly hygiene: boolean;
  },
  signal: AbortSignal,
): Promise<readonly Cause[]> {
  if (objects.length === 0) return [];
  const file = await write(listOfObjects(objects));
  try {
    const { causes, information } = await runForJson(
      program,
      ['diagnose', `--from=${file.path}`, '--output=json', ...(hygiene ? ['--hygiene'] : [])],
      Diagnosis,
      { signal },
    );
    return [...causes, ...information].filter(isReadOffFiles);
  } finally {
    await file.remove();
  }
}
