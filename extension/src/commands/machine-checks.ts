import { z } from 'zod';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { ToldParts } from '@autodevops/domain/remedy/remedy-step';
import { runForJson } from '../program/program.ts';
import type { WindowParts } from '../window-parts.ts';
import { clusterArguments } from './program-arguments.ts';

const Checks = z.object({
  checks: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['fine', 'missing', 'optional']),
      says: z.string(),
      remedy: z.string(),
      remedyParts: ToldParts,
    }),
  ),
});
export type DoctorCheck = z.infer<typeof Checks>['checks'][number];

/** What the machine has and lacks, as the doctor of the command line finds it. */
export async function examine(
  parts: Pick<WindowParts, 'program' | 'wanted' | 'clusters'>,
  signal: AbortSignal,
): Promise<readonly DoctorCheck[]> {
  const named = parts.wanted() instanceof AutoDevOpsError ? [] : clusterArguments(parts);
  return (await runForJson(parts.program, ['doctor', '-o', 'json', ...named], Checks, { signal })).checks;
}
