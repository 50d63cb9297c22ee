import type { Action } from '../action.ts';
import { addRbacRule } from './add-rbac-rule/action.ts';
import { adjustAutoscaler } from './adjust-autoscaler/action.ts';
import { alertmanagerSilenceCreate } from './alertmanager-silence-create/action.ts';
import { alertmanagerSilenceExpire } from './alertmanager-silence-expire/action.ts';
import { annotateObject } from './annotate-object/action.ts';
import { applyManifest } from './apply-manifest/action.ts';
import { argocdRefresh } from './argocd-refresh/action.ts';
import { argocdRollback } from './argocd-rollback/action.ts';
import { argocdSync } from './argocd-sync/action.ts';
import { attachPullSecret } from './attach-pull-secret/action.ts';
import { cordon } from './cordon/action.ts';
import { createConfigMap } from './create-configmap/action.ts';
import { deleteFinishedJob } from './delete-finished-job/action.ts';
import { deletePod } from './delete-pod/action.ts';
import { drain } from './drain/action.ts';
import { evictPod } from './evict-pod/action.ts';
import { extendPvc } from './extend-pvc/action.ts';
import { fluxReconcile } from './flux-reconcile/action.ts';
import { fluxResume } from './flux-resume/action.ts';
import { fluxSuspend } from './flux-suspend/action.ts';
import { helmRollback } from './helm-rollback/action.ts';
import { labelObject } from './label-object/action.ts';
import { loadImageIntoKind } from './load-image-into-kind/action.ts';
import { openGitChange } from './open-git-change/action.ts';
import { patchProbe } from './patch-probe/action.ts';
import { patchServicePort } from './patch-service-port/action.ts';
import { patchServiceSelector } from './patch-service-selector/action.ts';
import { pauseRollout } from './pause-rollout/action.ts';
import { removeFinalizer } from './remove-finalizer/action.ts';
import { rerunJob } from './rerun-job/action.ts';
import { restartRollout } from './restart-rollout/action.ts';
import { resumeCronJob } from './resume-cronjob/action.ts';
import { resumeRollout } from './resume-rollout/action.ts';
import { rolloutUndo } from './rollout-undo/action.ts';
import { scale } from './scale/action.ts';
import { setEnvironment } from './set-environment/action.ts';
import { setImage } from './set-image/action.ts';
import { setResources } from './set-resources/action.ts';
import { suspendCronJob } from './suspend-cronjob/action.ts';
import { triggerCronJob } from './trigger-cronjob/action.ts';
import { uncordon } from './uncordon/action.ts';

/** Every action that there is, by name. What is not here cannot be done. */
export const actions: readonly Action[] = [
  addRbacRule,
  adjustAutoscaler,
  alertmanagerSilenceCreate,
  alertmanagerSilenceExpire,
  annotateObject,
  applyManifest,
  argocdRefresh,
  argocdRollback,
  argocdSync,
  attachPullSecret,
  cordon,
  createConfigMap,
  deleteFinishedJob,
  deletePod,
  drain,
  evictPod,
  extendPvc,
  fluxReconcile,
  fluxResume,
  fluxSuspend,
  helmRollback,
  labelObject,
  loadImageIntoKind,
  openGitChange,
  patchProbe,
  patchServicePort,
  patchServiceSelector,
  pauseRollout,
  removeFinalizer,
  rerunJob,
  restartRollout,
  resumeCronJob,
  resumeRollout,
  rolloutUndo,
  scale,
  setEnvironment,
  setImage,
  setResources,
  suspendCronJob,
  triggerCronJob,
  uncordon,
];
