import { isRecord } from '@autodevops/domain/raw-record';

const words: Readonly<Record<string, (key: string, values: string) => string>> = {
  In: (key, values) => `${key} in (${values})`,
  NotIn: (key, values) => `${key} notin (${values})`,
  Exists: (key) => key,
  DoesNotExist: (key) => `!${key}`,
};

/** A LabelSelector as the text that queries use; an empty one selects everything, none at all selects nothing (undefined). */
export function selectorText(selector: unknown): string | undefined {
  if (!isRecord(selector)) return undefined;
  const { matchLabels, matchExpressions } = selector;
  const labels = Object.entries(isRecord(matchLabels) ? matchLabels : {}).map(
    ([key, value]) => `${key}=${String(value)}`,
  );
  const expressions = (Array.isArray(matchExpressions) ? matchExpressions : [])
    .filter(isRecord)
    .map(({ key, operator, values }) => {
      const write = Object.hasOwn(words, String(operator)) ? words[String(operator)] : undefined;
      return write?.(String(key), Array.isArray(values) ? values.join(',') : '');
    });
  return expressions.includes(undefined) ? undefined : [...labels, ...expressions].join(',');
}
