import { stricter } from '@autodevops/domain/change/decision';
import type { Policy, PolicyRule } from '@autodevops/domain/change/policy';
import { constantOf } from '../matching/condition.ts';
import { systemNamespaces } from '../floor/places.ts';
import { patternsCover } from '../../../reading/name-pattern.ts';
import { strictestOf } from '../matching/rule-verdict.ts';
import type { NamedRule } from '../matching/rule-verdict.ts';
import { rulesInForce } from '../rules-in-force.ts';
import { isEverOpen, windowIsCovered } from '../matching/time-window.ts';
import type { LintFinding } from './lint-finding.ts';
import { covers } from './rule-cover.ts';

function emptyWindows(rule: PolicyRule, path: readonly (string | number)[]): readonly LintFinding[] {
  return (['within', 'outside'] as const).flatMap((side) =>
    (rule.match[side] ?? []).flatMap((window, index) =>
      isEverOpen(window)
        ? []
        : [
            {
              code: 'empty-window' as const,
              rule: rule.id,
              path: [...path, 'match', side, index],
              says: `The window from ${window.from} to ${window.to} never is.`,
            },
          ],
    ),
  );
}

function whyUnreachable({ match: { within, outside }, when }: PolicyRule): string | undefined {
  if (when !== undefined && constantOf(when) === false) return 'its condition never holds';
  if (within === undefined) return undefined;
  const open = within.filter(isEverOpen);
  if (open.length === 0) return 'it speaks only in windows that never are';
  return outside !== undefined && open.every((window) => windowIsCovered(window, outside))
    ? 'it speaks only in windows that it leaves out again'
    : undefined;
}

/** The strict rule always speaks where the other does, at least as strictly, and asks for nobody in particular less. */
function shadows(strict: NamedRule, other: PolicyRule): boolean {
  const most = strictestOf(other);
  if (strict.id === other.id || stricter(strict.decision, most) !== strict.decision || !covers(strict, other)) {
    return false;
  }
  if (strict.decision === 'forbidden' || most === 'auto' || other.approvers.length === 0) return true;
  return strict.approvers.length > 0 && strict.approvers.every((role) => other.approvers.includes(role));
}

function shadowOf(rule: PolicyRule, index: number, policy: Policy): string | undefined {
  const { namespaces } = rule.match;
  if (strictestOf(rule) !== 'forbidden' && namespaces !== undefined && patternsCover(systemNamespaces, namespaces)) {
    return 'floor.system-namespaces';
  }
  const strict = rulesInForce(policy).find((other) => {
    if (!shadows(other, rule)) return false;
    const place = policy.rules.findIndex(({ id }) => id === other.id);
    return place < index || !shadows({ ...rule }, { ...other });
  });
  return strict?.id;
}

function saysNothing(rule: PolicyRule, path: readonly (string | number)[]): readonly LintFinding[] {
  const asks = [rule.decision, strictestOf(rule)].some((tier) => tier === 'one' || tier === 'two');
  const finding = (part: string, says: string): LintFinding => ({
    code: 'says-nothing',
    rule: rule.id,
    path: [...path, part],
    says,
  });
  const { limits } = rule;
  return [
    ...(rule.approvers.length > 0 && !asks
      ? [finding('approvers', `A rule that says ${rule.decision} asks nobody, so its approvers say nothing.`)]
      : []),
    ...(limits !== undefined && strictestOf(rule) === rule.decision
      ? [
          finding(
            'limits',
            `Past its limits the rule says ${limits.beyond}, which is no stricter than ${rule.decision}.`,
          ),
        ]
      : []),
  ];
}

/** Rules, windows and freezes that never count, and parts of rules that say nothing. */
export function neverCounts(policy: Policy): readonly LintFinding[] {
  const rules = policy.rules.flatMap((rule, index): readonly LintFinding[] => {
    const path = ['rules', index];
    const never = whyUnreachable(rule);
    const shadow = shadowOf(rule, index, policy);
    return [
      ...emptyWindows(rule, path),
      ...(never === undefined
        ? []
        : [{ code: 'unreachable' as const, rule: rule.id, path, says: `The rule never matches: ${never}.` }]),
      ...(shadow === undefined
        ? []
        : [
            {
              code: 'shadowed' as const,
              rule: rule.id,
              path,
              says: `The rule changes nothing: ${shadow} speaks wherever it does, and as strictly.`,
            },
          ]),
      ...saysNothing(rule, path),
    ];
  });
  const freezes = policy.freezes.flatMap(({ name, from, to }, index): readonly LintFinding[] => {
    return Date.parse(from) < Date.parse(to)
      ? []
      : [{ code: 'empty-window', rule: name, path: ['freezes', index], says: 'The freeze ends before it begins.' }];
  });
  return [...rules, ...freezes];
}
