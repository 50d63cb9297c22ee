import type { ObjectName } from '../tree/subject.ts';
import type { TextEdit } from './editing/text-edit.ts';
import type { Place } from './reading/field-place.ts';

/** What the editor draws: `error` the server would refuse or a pod would not start, `warning` it will not work as it is meant. */
export type ProblemSeverity = 'error' | 'warning' | 'information';

/** Edits of the file that would put a problem right. */
export interface ManifestFix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** Something about a manifest, at its place in the file's text. */
export interface ManifestProblem extends Place {
  /** `cluster`: diagnosed in the chosen cluster; `file`: read off the manifests alone. */
  readonly from: 'cluster' | 'file';
  readonly code: string;
  /** What is broken, where Jamie says so: it need not be what the file describes. */
  readonly about?: ObjectName;
  readonly severity: ProblemSeverity;
  /** Plain text. */
  readonly message: string;
  /** The best first. */
  readonly fixes: readonly ManifestFix[];
}
