import { isRecord } from '@autodevops/domain/raw-record';

/** The value after a merge patch (RFC 7386): null takes a member away, lists are replaced. */
export function applyMergePatch(value: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const merged: Record<string, unknown> = isRecord(value) ? { ...value } : {};
  for (const [name, part] of Object.entries(patch)) {
    if (part === null) delete merged[name];
    else {
      Object.defineProperty(merged, name, {
        value: applyMergePatch(merged[name], part),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
  }
  return merged;
}
