import type { Automation } from '@autodevops/domain/change/automation';
import type { Cause, Diagnosis } from '@autodevops/domain/diagnosis';
import { refKey } from '@autodevops/domain/object-ref';
import { matchesAny } from '../../reading/name-pattern.ts';

function fits(patterns: readonly string[] | undefined, text: string): boolean {
  return patterns === undefined || matchesAny(patterns, text);
}

/** What a finding is remembered by: `pod.memory.limit Deployment/shop/web`. */
export function findingKey({ code, object }: Pick<Cause, 'code' | 'object'>): string {
  return `${code} ${refKey(object)}`;
}

/** Findings of a diagnosis that the automation speaks of. */
export function triggering({ when }: Automation, { causes, information }: Diagnosis): readonly Cause[] {
  const all = [...(when.among === 'information' ? [] : causes), ...(when.among === 'causes' ? [] : information)];
  return all.filter(
    ({ code, object, confidence }) =>
      fits(when.findings, code) &&
      fits(when.kinds, object.kind) &&
      fits(when.namespaces, object.namespace) &&
      when.confidence.includes(confidence),
  );
}

/** Why something on the same object forbids it; undefined when nothing does. An absence is not concluded from what was not seen. */
export function forbiddenBy({ when }: Automation, cause: Cause, { causes, blindSpots }: Diagnosis): string | undefined {
  const { unless } = when;
  if (unless === undefined) return undefined;
  const other = causes.find(
    (one) => one !== cause && refKey(one.object) === refKey(cause.object) && matchesAny(unless, one.code),
  );
  if (other !== undefined) return `${other.code} is there too.`;
  return blindSpots.length === 0 ? undefined : `Not everything could be seen: ${blindSpots[0]?.what ?? ''}.`;
}
