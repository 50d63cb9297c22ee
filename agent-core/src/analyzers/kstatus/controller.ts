import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { controllerEvidence } from '../../evidence/controller-evidence.ts';
import type { ControllerEvidence } from '../../evidence/controller-evidence.ts';
import { refToCustom } from '../../reading/platform/custom-objects.ts';
import { controllersNamed } from '../../reading/platform/controller-said.ts';

/** Whoever looks after objects of this group, as far as its name tells. */
export function controllerOf(snapshot: Snapshot, object: CustomObject): ControllerEvidence {
  return controllerEvidence(snapshot, controllersNamed(snapshot, groupOf(object.apiVersion)), refToCustom(object));
}
