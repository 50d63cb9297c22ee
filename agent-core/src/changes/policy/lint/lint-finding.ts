import type { YamlPath } from '../reading/yaml-document.ts';

/** Something in a policy that is probably not meant. */
export interface LintFinding {
  readonly code: 'unreachable' | 'shadowed' | 'widens' | 'empty-window' | 'matches-nothing' | 'says-nothing';
  /** Id of the rule or name of the freeze; empty for the policy as a whole. */
  readonly rule: string;
  /** Where it stands in the file. */
  readonly path: YamlPath;
  readonly says: string;
}
