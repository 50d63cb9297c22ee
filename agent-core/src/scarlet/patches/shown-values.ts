import { parseQuantity } from '@autodevops/domain/quantity';
import { isRecord } from '@autodevops/domain/raw-record';

/** The server writes quantities its own way (`1000m` becomes `1`), so numbers of the same size are the same. */
function sameScalar(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const [x, y] = [a, b].map((value) =>
    parseQuantity(typeof value === 'number' ? String(value) : typeof value === 'string' ? value : undefined),
  );
  return x !== undefined && x === y;
}

type ListsMatch = (live: readonly unknown[], wanted: readonly unknown[]) => boolean;

/** Whether a value shows what was asked for; the server may have added defaults of its own to maps. */
function shows(live: unknown, wanted: unknown, lists: ListsMatch): boolean {
  if (isRecord(wanted)) {
    return isRecord(live) && Object.entries(wanted).every(([key, value]) => shows(live[key], value, lists));
  }
  if (Array.isArray(wanted)) return Array.isArray(live) && lists(live, wanted);
  return sameScalar(live, wanted);
}

/** Whether an object shows what was patched; a patch sets a list as it stands. */
export function patched(live: unknown, wanted: unknown): boolean {
  const lists: ListsMatch = (have, want) =>
    have.length === want.length && want.every((item, index) => shows(have[index], item, lists));
  return shows(live, wanted, lists);
}

/** Whether an object shows what was applied; an apply leaves the entries of others in a list. */
export function applied(live: unknown, wanted: unknown): boolean {
  const lists: ListsMatch = (have, want) => want.every((item) => have.some((other) => shows(other, item, lists)));
  return shows(live, wanted, lists);
}
