import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Because } from '@autodevops/domain/finding';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { tellingPart } from '../reading/output/telling-part.ts';
import { controllerSaid } from '../reading/platform/controller-said.ts';
import { said } from '../reading/said.ts';
import { fromOutput } from './output-evidence.ts';

/** What keeps a controller from its work. */
const ofControllers = ['pod.', 'workload.', 'permission.', 'crd.'];

/** What the controller of an object says of it, where neither a condition nor an event does. */
export interface ControllerEvidence {
  /** For use within a sentence; empty where its log was not read or does not speak of the object. */
  readonly says: string;
  readonly evidence: readonly Evidence[];
  /** Also has its log read. */
  readonly because: readonly Because[];
}

export function controllerEvidence(
  snapshot: Snapshot,
  controllers: readonly ObjectRef[],
  about: ObjectRef,
): ControllerEvidence {
  const because = controllers.map((object) => ({ object, codes: ofControllers }));
  const heard = controllerSaid(snapshot, controllers, about);
  return heard === undefined
    ? { says: '', evidence: [], because }
    : {
        says: said(tellingPart(heard.line)),
        evidence: [fromOutput(refTo('Pod', heard.pod), heard.view, heard.line)],
        because,
      };
}
