import type { DoctorCheck } from '../commands/machine-checks.ts';
import type { Lacks } from './context-values.ts';

/** What keeps a local cluster from being made, from what the doctor says of this machine. */
export function lackOf(checks: readonly Pick<DoctorCheck, 'name' | 'state'>[]): Lacks {
  const missing = checks.filter(({ state }) => state !== 'fine').map(({ name }) => name);
  if (missing.includes('container engine')) return 'engine';
  return missing.includes('kind') ? 'kind' : 'nothing';
}
