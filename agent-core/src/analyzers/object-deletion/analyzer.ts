import type { Analyzer } from '../analyzer.ts';
import {
  controllerGone,
  finalizerHeld,
  instancesRemain,
  podFinalizer,
  podNotEnding,
  podOnDeadNode,
  podVolume,
} from './codes.ts';
import { checkObjects } from './stuck-objects.ts';
import { checkPods } from './stuck-pods.ts';

/** Objects and pods that were deleted and do not go. */
export const objectDeletion: Analyzer = {
  name: 'object-deletion',
  codes: [controllerGone, finalizerHeld, instancesRemain, podOnDeadNode, podFinalizer, podVolume, podNotEnding],
  analyze: (snapshot) => [...checkObjects(snapshot), ...checkPods(snapshot)],
};
