import type { PolicyRule, RuleMatch } from '@autodevops/domain/change/policy';
import { patternsCover } from '../../../reading/name-pattern.ts';
import { windowIsCovered } from '../matching/time-window.ts';

type Speaking = Pick<PolicyRule, 'match' | 'when'>;
type PatternField = 'actions' | 'kinds' | 'environments' | 'namespaces' | 'accounts' | 'roles' | 'findings';
type ListField = 'risks' | 'actors' | 'confidence';

const patternFields: readonly PatternField[] = [
  'actions',
  'kinds',
  'environments',
  'namespaces',
  'accounts',
  'roles',
  'findings',
];
/** How many values there are; a list of all of them excludes nothing, except that a change may have no finding. */
const allOf: Readonly<Record<ListField, number>> = { risks: 3, actors: 3, confidence: Number.POSITIVE_INFINITY };
const listFields = Object.keys(allOf) as readonly ListField[];

function labelsCover(wide: RuleMatch['labels'], narrow: RuleMatch['labels']): boolean {
  return Object.entries(wide ?? {}).every(([key, pattern]) => {
    const given = narrow !== undefined && Object.hasOwn(narrow, key) ? narrow[key] : undefined;
    return given !== undefined && patternsCover([pattern], [given]);
  });
}

function listsCover(field: ListField, wide: RuleMatch, narrow: RuleMatch): boolean {
  const values: readonly string[] | undefined = wide[field];
  if (values === undefined || new Set(values).size >= allOf[field]) return true;
  return narrow[field]?.every((value) => values.includes(value)) === true;
}

function timesCover(wide: RuleMatch, narrow: RuleMatch): boolean {
  const { within, outside } = wide;
  if (within !== undefined && narrow.within?.every((window) => windowIsCovered(window, within)) !== true) return false;
  return outside === undefined || outside.every((window) => windowIsCovered(window, narrow.outside ?? []));
}

/** Whether the wide rule speaks of everything that the narrow one speaks of. Never says yes wrongly; may say no to what is hard to see. */
export function covers(wide: Speaking, narrow: Speaking): boolean {
  const patterns = patternFields.every(
    (field) =>
      wide.match[field] === undefined ||
      (narrow.match[field] !== undefined && patternsCover(wide.match[field], narrow.match[field])),
  );
  const lists = listFields.every((field) => listsCover(field, wide.match, narrow.match));
  const flags = (['reversible', 'gitops'] as const).every(
    (flag) => wide.match[flag] === undefined || wide.match[flag] === narrow.match[flag],
  );
  const condition = wide.when === undefined || wide.when === narrow.when;
  return (
    patterns &&
    lists &&
    flags &&
    condition &&
    labelsCover(wide.match.labels, narrow.match.labels) &&
    timesCover(wide.match, narrow.match)
  );
}
