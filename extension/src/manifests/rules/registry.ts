import type { ManifestProblem } from '../problem.ts';
import { resourceAmounts, volumeMount } from './containers.ts';
import { missingReference } from './missing-reference.ts';
import { backendPort, probePort, targetPort } from './ports.ts';
import type { Checked, ManifestRule } from './rule.ts';
import { serviceSelector, workloadSelector } from './selectors.ts';

/** Every rule that reads manifests where they are written. Jamie's own rules judge what they describe as a whole. */
const manifestRules: readonly ManifestRule[] = [
  missingReference,
  serviceSelector,
  workloadSelector,
  targetPort,
  probePort,
  backendPort,
  volumeMount,
  resourceAmounts,
];

/** What the rules say of one manifest; nothing while it is being typed. */
export function checkManifest(checked: Checked): readonly ManifestProblem[] {
  return checked.manifest.whole ? manifestRules.flatMap((rule) => rule(checked)) : [];
}
