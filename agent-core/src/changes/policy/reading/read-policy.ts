import { Policy } from '@autodevops/domain/change/policy';
import type { PolicyRule } from '@autodevops/domain/change/policy';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { compileCondition } from '../matching/condition.ts';
import { readLined } from './read-lined.ts';
import { isZone } from '../matching/time-window.ts';
import type { LinedDocument, YamlPath, YamlProblem } from './yaml-document.ts';

/** A policy with the file that it is from: `lineOf` says on which line a part of it stands, counted from 1. */
export interface PolicyFile {
  readonly policy: Policy;
  readonly file: string;
  readonly lineOf: (path: YamlPath) => number;
}

const mostTold = 10;

/** Throws `policy.invalid` with every problem and its line, the first ten of them. */
export function refusePolicy(file: string, problems: readonly YamlProblem[]): never {
  const told = problems.toSorted((a, b) => a.line - b.line).map(({ line, says }) => `${file}:${line}: ${says}`);
  const more = told.length > mostTold ? [`and ${told.length - mostTold} more`] : [];
  throw new AutoDevOpsError(
    'policy.invalid',
    [...told.slice(0, mostTold), ...more].join('\n'),
    'Correct the file; docs/policy.md shows the form, docs/schemas/policy.schema.json checks it in an editor.',
  );
}

function problemsOfRule(rule: PolicyRule, at: number, document: LinedDocument): readonly YamlProblem[] {
  const path = ['rules', at];
  const zones = (['within', 'outside'] as const).flatMap((side) =>
    (rule.match[side] ?? []).flatMap(({ zone }, index) => {
      return isZone(zone)
        ? []
        : [
            {
              line: document.lineOf([...path, 'match', side, index, 'zone']),
              says: `rule ${rule.id}: ${zone} is not a time zone of the IANA database`,
            },
          ];
    }),
  );
  const compiled = rule.when === undefined ? undefined : compileCondition(rule.when);
  if (compiled === undefined || !('problem' in compiled)) return zones;
  return [
    ...zones,
    {
      line: document.lineOf([...path, 'when']),
      says: `rule ${rule.id}: the condition cannot be used: ${compiled.problem}`,
    },
  ];
}

function repeated(
  names: readonly string[],
  path: YamlPath,
  field: string,
  document: LinedDocument,
): readonly YamlProblem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [{ line: document.lineOf([...path, index, field]), says: `${name} is there twice` }],
  );
}

function problemsIn(policy: Policy, document: LinedDocument): readonly YamlProblem[] {
  return [
    ...policy.rules.flatMap((rule, index) => problemsOfRule(rule, index, document)),
    ...repeated(
      policy.rules.map(({ id }) => id),
      ['rules'],
      'id',
      document,
    ),
    ...repeated(
      policy.freezes.map(({ name }) => name),
      ['freezes'],
      'name',
      document,
    ),
  ];
}

/**
 * Reads a policy. Conditions are parsed and type-checked, time zones looked up. Throws `policy.invalid` with the line
 * of every problem; a key that is not known comes with the nearest ones that are.
 */
export function readPolicy(text: string, file: string): PolicyFile {
  const read = readLined(text, Policy);
  if ('problems' in read) return refusePolicy(file, read.problems);
  const problems = problemsIn(read.data, read.document);
  if (problems.length > 0) return refusePolicy(file, problems);
  return { policy: read.data, file, lineOf: read.document.lineOf };
}
