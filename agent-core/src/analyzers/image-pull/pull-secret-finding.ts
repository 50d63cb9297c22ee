import type { Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { imageReference } from '../../reading/images/image-reference.ts';
import type { ImagePullFailure } from '../../reading/images/image-pull-failure.ts';
import * as codes from './codes.ts';
import { attachOnly } from './pull-advice.ts';
import type { BadPullSecret } from './pull-secret.ts';
import { evidenceOf } from './pull-evidence.ts';

/** A pull that is refused because its pull secret is not there, or holds no credentials. */
export function secretFinding(
  snapshot: Snapshot,
  failure: ImagePullFailure,
  { bad, shared }: { readonly bad: BadPullSecret; readonly shared: Partial<Finding> },
): Finding {
  const { ref, view, pod } = failure;
  const { namespace } = pod.metadata;
  const what =
    bad.problem === 'missing'
      ? `does not exist in namespace ${namespace}`
      : `is of type ${bad.type}, which holds no registry credentials`;
  const alike =
    bad.alike.length > 0 ? [`Use the pull secret that exists: ${bad.alike.map((n) => `"${n}"`).join(', ')}.`] : [];
  const other =
    bad.elsewhere.length > 0
      ? [`Copy it from namespace ${bad.elsewhere.join(', ')}: pods only use secrets of their own namespace.`]
      : [];
  return finding(codes.pullSecretMissing, {
    ...shared,
    object: ref,
    cause: `Registry ${imageReference(failure.image).registry} refuses image "${failure.image}" for container "${view.spec.name}": the pull secret "${bad.name}" ${what}.`,
    evidence: [...evidenceOf(failure), fromSpec(ref, `spec.imagePullSecrets[${bad.index}].name`, bad.name)],
    nextSteps: [...alike, ...other, ...codes.pullSecretMissing.nextSteps],
    changes: attachOnly(snapshot, pod, bad.alike),
    facet: `${view.spec.name} ${bad.name}`,
    sharedWith: `${namespace}/${bad.name}`,
  });
}
