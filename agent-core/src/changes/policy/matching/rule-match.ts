import type { RuleMatch } from '@autodevops/domain/change/policy';
import { conditionHolds } from './condition.ts';
import { matchesAny, matchesPattern } from '../../../reading/name-pattern.ts';
import { labelsOf } from './scene.ts';
import type { Scene } from './scene.ts';
import { isInWindow, isZone } from './time-window.ts';
import type { Moment } from './time-window.ts';
import { all, no, unknown, yes } from './truth.ts';
import type { Truth } from './truth.ts';

function whether(holds: boolean, says: string): Truth {
  return holds ? yes(says) : no(says);
}

function oneOf(patterns: readonly string[], texts: readonly string[], what: string): Truth {
  const shown = texts.length === 0 ? 'none' : texts.map((text) => (text === '' ? '""' : text)).join(', ');
  return whether(
    texts.some((text) => matchesAny(patterns, text)),
    `the ${what} is ${shown}`,
  );
}

function labelsMatch(wanted: Readonly<Record<string, string>>, scene: Scene): Truth {
  const labels = labelsOf(scene);
  if (labels === undefined) return unknown('the labels of the target are not known');
  const missing = Object.entries(wanted).find(
    ([key, pattern]) => !Object.hasOwn(labels, key) || !matchesPattern(pattern, labels[key] ?? ''),
  );
  return missing === undefined
    ? yes('the labels are those')
    : no(`the target has no label ${missing[0]}=${missing[1]}`);
}

function isManaged({ facts }: Scene): Truth {
  if (facts.managedBy === undefined) return unknown('it is not known who manages the target');
  const [manager] = facts.managedBy;
  return manager === undefined ? no('no tool manages the target') : yes(`${manager.tool} manages the target`);
}

function inverse(truth: Truth): Truth {
  return truth.is === 'unknown' ? truth : { is: truth.is === 'yes' ? 'no' : 'yes', says: truth.says };
}

function isReversible({ facts }: Scene): Truth {
  if (facts.reversible === undefined) return unknown('it is not known whether the change can be taken back');
  return whether(
    facts.reversible,
    facts.reversible ? 'the change can be taken back' : 'the change cannot be taken back',
  );
}

function inOneOf(windows: NonNullable<RuleMatch['within']>, moment: Moment): Truth {
  const open = windows.map((window) => isInWindow(window, moment));
  if (open.includes(true)) return yes('now is inside of the window');
  if (!open.includes(undefined)) return no('now is outside of the window');
  return windows.every(({ zone }) => isZone(zone))
    ? unknown("the machine's clock was set, and whether now is inside of the window is not known")
    : unknown('the time zone of the window is not known');
}

type Criterion = (match: RuleMatch, scene: Scene) => Truth | undefined;

const criteria: readonly Criterion[] = [
  ({ actions }, { action }) => actions && oneOf(actions, [action.request.action], 'action'),
  ({ kinds }, { action }) => kinds && oneOf(kinds, [action.request.target.kind], 'kind'),
  ({ risks }, { action }) => risks && whether(risks.includes(action.risk), `the risk is ${action.risk}`),
  ({ environments }, scene) => environments && oneOf(environments, scene.environments, 'environment'),
  ({ namespaces }, scene) => namespaces && oneOf(namespaces, [scene.namespace], 'namespace'),
  ({ labels }, scene) => labels && labelsMatch(labels, scene),
  ({ actors }, { question }) =>
    actors && whether(actors.includes(question.requester.kind), `the requester is of kind ${question.requester.kind}`),
  ({ accounts }, { question }) => accounts && oneOf(accounts, [question.requester.account], 'account'),
  ({ roles }, { question }) => roles && oneOf(roles, question.requester.roles, 'role of the requester'),
  ({ findings }, { question }) =>
    findings && oneOf(findings, question.reason.finding === undefined ? [] : [question.reason.finding.code], 'finding'),
  (
    { confidence },
    {
      question: {
        reason: { finding },
      },
    },
  ) =>
    confidence &&
    whether(
      confidence.some((level) => level === finding?.confidence),
      `the confidence is ${finding?.confidence ?? 'that of no finding'}`,
    ),
  ({ reversible }, scene) =>
    reversible === undefined ? undefined : reversible ? isReversible(scene) : inverse(isReversible(scene)),
  ({ gitops }, scene) => (gitops === undefined ? undefined : gitops ? isManaged(scene) : inverse(isManaged(scene))),
  ({ within }, { circumstances }) => within && inOneOf(within, circumstances),
  ({ outside }, { circumstances }) => outside && inverse(inOneOf(outside, circumstances)),
];

/** Of a rule without a field. */
export const speaksOfEverything = 'it speaks of everything';

/** Whether a rule speaks of the scene. Every given field has to match, and the condition has to hold. */
export function ruleMatches(
  { match, when }: { readonly match: RuleMatch; readonly when?: string | undefined },
  scene: Scene,
): Truth {
  const fields = criteria.flatMap((criterion) => criterion(match, scene) ?? []);
  const matched = all(fields, fields.length === 0 ? speaksOfEverything : fields.map((field) => field.says).join(', '));
  if (matched.is === 'no' || when === undefined) return matched;
  return all([conditionHolds(when, scene), matched], matched.says);
}
