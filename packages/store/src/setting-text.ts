import { canonicalJson } from '@autodevops/domain/canonical-json';

/** What two readings of a setting are compared by; undefined for one that was never put. */
export function settingText(value: unknown): string | undefined {
  return value === undefined ? undefined : canonicalJson(value);
}
