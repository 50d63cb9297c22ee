import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { imageReference } from '../../reading/images/image-reference.ts';
import type { ImagePullFailure } from '../../reading/images/image-pull-failure.ts';
import { isPlainWord } from '../../reading/plain-word.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import * as codes from './codes.ts';
import { adviceForLoading, adviceForMissing, adviceForRefusal } from './pull-advice.ts';

/** The catalogue's steps with the names of this image in them. */
function stepsFor(code: CodeEntry, { image }: ImagePullFailure): readonly string[] {
  if (!isPlainWord(image)) return code.nextSteps;
  return code.nextSteps.map((step) =>
    step.replaceAll('REGISTRY', imageReference(image).registry).replaceAll(/\bIMAGE\b/g, image),
  );
}

function renewCertificate({ image }: ImagePullFailure): string {
  return `Renew the certificate of registry ${imageReference(image).registry}, where it is kept; if it is valid, set the clock of the node.`;
}

/** What to do about a failure of this code, and what Scarlet can. */
export function adviceFor(snapshot: Snapshot, code: CodeEntry, failure: ImagePullFailure): Partial<Finding> {
  const steps = stepsFor(code, failure);
  if (code === codes.imageNotFound || code === codes.imageNameInvalid) {
    return adviceForMissing(snapshot, failure, steps);
  }
  if (code === codes.imageUnauthorized) return adviceForRefusal(snapshot, failure, steps);
  if (code === codes.imageUnsigned || code === codes.imageBlocked) {
    return { nextSteps: steps, changes: undoChanges(snapshot, failure.pod) };
  }
  if (code === codes.registryUntrusted && failure.lower.includes('has expired')) {
    return { nextSteps: [renewCertificate(failure), ...steps] };
  }
  const local =
    code === codes.imageNeverPulled || code === codes.registryUnresolved || code === codes.registryUnreachable;
  return local ? adviceForLoading(snapshot, failure, steps) : { nextSteps: steps };
}
