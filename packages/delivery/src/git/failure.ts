import { AutoDevOpsError } from '@autodevops/domain/errors';
import { redact } from '@autodevops/domain/redact';

/** A sentence about Git or its host; their own words are masked and cut. */
export function gitFailure(what: string, words: string, remedy: string): AutoDevOpsError {
  const said = redact(words).replace(/\s+/g, ' ').trim().slice(0, 300);
  return new AutoDevOpsError('git.failed', said === '' ? what : `${what} ${said}`, remedy);
}
