import type { Evidence } from '@autodevops/domain/diagnosis';
import type { CodeEntry } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { fromSpec } from '../../evidence/finding.ts';
import { variableWith } from '../../reading/pods/configuration/setting-source.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import { credentialsRejected, databaseMissing, resourceMissing } from './codes.ts';

/** What variables are called that hold the name which the other side refuses. */
const calledAfter = new Map<CodeEntry, RegExp>([
  [credentialsRejected, /user|login|role|account|principal|ur[il]|dsn|conn/i],
  [databaseMissing, /name|database|db|schema|catalog|ur[il]|dsn|conn/i],
  [
    resourceMissing,
    /topic|queue|exchange|bucket|index|stream|subject|channel|collection|table|repo|model|vhost|ur[il]/i,
  ],
]);

/** Where a program is told the name that the other side refuses or does not have. */
export interface NamedSetting {
  readonly evidence: readonly Evidence[];
  readonly steps: readonly string[];
}

/** The variable from which the program has the name that its complaint quotes: there it is corrected. */
export function namedSetting(snapshot: Snapshot, code: CodeEntry, troubled: TroubledContainer): NamedSetting {
  const about = calledAfter.get(code);
  const source = about === undefined ? undefined : variableWith(snapshot, troubled, troubled.verdict.line.text, about);
  if (source === undefined) return { evidence: [], steps: [] };
  return {
    evidence: [fromSpec(source.object, source.path, source.text)],
    steps: [`See whether the name is the right one: the program has it from ${source.where}.`],
  };
}
