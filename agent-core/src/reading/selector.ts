import type { LabelSelector } from '@autodevops/domain/kubernetes/metadata';

type Labels = Readonly<Record<string, string>>;

/** A Service's selector: every pair must be there. An empty one selects nothing here. */
export function matchesLabels(selector: Labels, labels: Labels): boolean {
  const wanted = Object.keys(selector);
  return wanted.length > 0 && wanted.every((key) => labels[key] === selector[key]);
}

function matchesExpression(
  expression: { key: string; operator: string; values: readonly string[] },
  labels: Labels,
): boolean {
  const value = labels[expression.key];
  switch (expression.operator) {
    case 'In':
      return value !== undefined && expression.values.includes(value);
    case 'NotIn':
      return value === undefined || !expression.values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return value !== undefined && Number(value) > Number(expression.values[0]);
    case 'Lt':
      return value !== undefined && Number(value) < Number(expression.values[0]);
    default:
      return false;
  }
}

/** A LabelSelector; an empty one matches everything, as in Kubernetes. */
export function matchesSelector(selector: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(selector.matchLabels).every(([key, value]) => labels[key] === value) &&
    selector.matchExpressions.every((expression) => matchesExpression(expression, labels))
  );
}

/** One term of a node selector, fields included (only metadata.name exists as a field). */
export function matchesNodeTerm(
  term: {
    matchExpressions: readonly { key: string; operator: string; values: readonly string[] }[];
    matchFields: readonly { key: string; operator: string; values: readonly string[] }[];
  },
  node: { metadata: { name: string; labels: Labels } },
): boolean {
  if (term.matchExpressions.length === 0 && term.matchFields.length === 0) return false;
  return (
    term.matchExpressions.every((e) => matchesExpression(e, node.metadata.labels)) &&
    term.matchFields.every((e) => matchesExpression(e, { 'metadata.name': node.metadata.name }))
  );
}

/** `app=web,tier in (a,b)` for people. */
export function selectorText(selector: LabelSelector): string {
  const pairs = Object.entries(selector.matchLabels).map(([key, value]) => `${key}=${value}`);
  const expressions = selector.matchExpressions.map((e) =>
    e.values.length === 0 ? `${e.key} ${e.operator}` : `${e.key} ${e.operator} (${e.values.join(',')})`,
  );
  return [...pairs, ...expressions].join(',');
}

export function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
