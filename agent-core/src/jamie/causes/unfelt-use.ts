import type { Finding } from '@autodevops/domain/finding';
import { refKey } from '@autodevops/domain/object-ref';
import type { CauseGroup } from './cause-group.ts';
import type { Explained } from './explanation.ts';

const ofUse = [
  'signal.cpu.at-limit',
  'signal.cpu.rose',
  'signal.contention.',
  'signal.memory.collecting',
  'signal.memory.rose',
  'signal.memory.near-limit',
  'signal.disk.rose',
  'signal.network.',
  'signal.store.',
  'signal.connections.',
  'signal.log.errors-began',
];

/** How much of something is used, which by itself nobody feels: more work looks the same. */
function isUse({ code, facet }: Finding): boolean {
  return (
    ofUse.some((prefix) => code.startsWith(prefix)) ||
    (code === 'signal.peer.stands-out' && (facet === 'cpu' || facet === 'memory'))
  );
}

/** At its limit since it rose beyond its work: it is held back, whether or not anybody measures who waits for it. */
function isHeldBack(groups: readonly CauseGroup[]): boolean {
  const codes = new Set(groups.flatMap(({ findings }) => findings.map(({ code }) => code)));
  return codes.has('signal.cpu.at-limit') && codes.has('signal.cpu.rose');
}

/** What one log began to say, and the log of another that calls it too: somebody was not served. */
function isComplainedOf(groups: readonly CauseGroup[]): boolean {
  const saying = groups.filter(({ findings }) => findings.some(({ code }) => code.startsWith('signal.log.')));
  return new Set(saying.map(({ object }) => refKey(object))).size > 1;
}

function lowered(group: CauseGroup): CauseGroup {
  return { ...group, findings: group.findings.map((finding) => ({ ...finding, severity: 'info' as const })) };
}

/** Use that explains nothing but other use (no alert, no error, no slow answer, no unready pod, no complaint of a caller) is information. */
export function lowerUnfeltUse(explained: readonly Explained[]): readonly Explained[] {
  return explained.map((one) => {
    const all = [one.root, ...one.symptoms];
    return all.every(({ findings }) => findings.every(isUse)) && !isHeldBack(all) && !isComplainedOf(all)
      ? { root: lowered(one.root), symptoms: one.symptoms.map(lowered) }
      : one;
  });
}
