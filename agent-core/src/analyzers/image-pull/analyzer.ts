import type { Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { correctedSince } from '../../evidence/corrected-template.ts';
import { finding } from '../../evidence/finding.ts';
import { imagePullFailures, isWrongPlatform } from '../../reading/images/image-pull-failure.ts';
import type { ImagePullFailure } from '../../reading/images/image-pull-failure.ts';
import type { Analyzer } from '../analyzer.ts';
import * as codes from './codes.ts';
import { storeSentence } from './node-store.ts';
import { pullClass } from './pull-class.ts';
import { perhapsAbsent } from './pull-refusal.ts';
import { checkProxies } from './node-proxy.ts';
import { badPullSecret } from './pull-secret.ts';
import { adviceFor } from './code-advice.ts';
import { nodeCauses, registryCauses } from './pull-causes.ts';
import { evidenceOf } from './pull-evidence.ts';
import { secretFinding } from './pull-secret-finding.ts';
import { pullSentence } from './pull-sentence.ts';
import { sharedTrouble } from './shared-trouble.ts';

function checkPull(snapshot: Snapshot, failure: ImagePullFailure): Finding {
  const code = pullClass(failure);
  const shared = { since: failure.event?.first ?? failure.pod.metadata.creationTimestamp ?? '' };
  const bad = code === codes.imageUnauthorized ? badPullSecret(snapshot, failure.pod) : undefined;
  if (bad !== undefined) return secretFinding(snapshot, failure, { bad, shared });
  const vague = code === codes.imageUnauthorized && perhapsAbsent(failure);
  return finding(code, {
    ...shared,
    object: failure.ref,
    cause: code === codes.imageStoreDamaged ? storeSentence(snapshot, failure) : pullSentence(code, failure),
    evidence: evidenceOf(failure),
    confidence: vague || code === codes.imagePullFailed ? 'medium' : 'high',
    because: [
      ...nodeCauses(code, failure),
      ...registryCauses(snapshot, code, failure),
      ...correctedSince(snapshot, failure.pod),
    ],
    facet: `${failure.view.spec.name} ${failure.image}`,
    ...sharedTrouble(code, failure),
    generic: code === codes.imagePullFailed,
    ...adviceFor(snapshot, code, failure),
  });
}

export const imagePull: Analyzer = {
  name: 'image-pull',
  codes: Object.values(codes),
  analyze: (snapshot) => {
    const failures = imagePullFailures(snapshot).filter((f) => !isWrongPlatform(f));
    return [...failures.map((f) => checkPull(snapshot, f)), ...checkProxies(failures)];
  },
};
