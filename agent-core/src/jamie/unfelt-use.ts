import type { Finding } from '@autodevops/domain/finding';
import type { Explained } from './explanation.ts';

const ofUse = ['signal.cpu.', 'signal.memory.rose', 'signal.memory.near-limit'];

/** How much of something is used, which by itself nobody feels: more work looks the same. */
function isUse({ code, facet }: Finding): boolean {
  return ofUse.some((prefix) => code.startsWith(prefix)) || (code === 'signal.peer.stands-out' && (facet === 'cpu' || facet === 'memory'));
}

/** Use that explains nothing (no alert, no error, no slow answer, no unready pod) is information. */
export function lowerUnfeltUse(explained: readonly Explained[]): readonly Explained[] {
  return explained.map((one) => {
    if (one.symptoms.length > 0 || !one.root.findings.every(isUse)) return one;
    return { ...one, root: { ...one.root, findings: one.root.findings.map((finding) => ({ ...finding, severity: 'info' as const })) } };
  });
}
