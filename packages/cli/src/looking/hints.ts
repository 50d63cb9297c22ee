import type { Diagnosis } from '@autodevops/domain/diagnosis';

/** What to type next after a diagnosis: short, and only what helps here. `flags`: how the cluster was chosen. */
export function hintsFor(diagnosis: Diagnosis, flags: string, verbose: boolean): readonly string[] {
  const [first] = diagnosis.causes;
  const command = (text: string): string => `autodevops ${text}${flags}`;
  if (first === undefined) return [command('changes --since 1h'), command('ask "what restarts most?"')];
  return [`autodevops explain ${first.code}`, command('changes --since 1h'), ...(verbose ? [] : ['-v for everything'])];
}
