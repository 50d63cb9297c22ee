import type { Analyzer } from './analyzer.ts';
import { admissionLimitRange } from './admission-limit-range/analyzer.ts';
import { admissionPodSecurity } from './admission-pod-security/analyzer.ts';
import { admissionPolicy } from './admission-policy/analyzer.ts';
import { admissionQuota } from './admission-quota/analyzer.ts';
import { admissionWebhook } from './admission-webhook/analyzer.ts';
import { alertFiring } from './alert-firing/analyzer.ts';
import { apiService } from './api-service/analyzer.ts';
import { argoCd } from './argo-cd/analyzer.ts';
import { argoRollouts } from './argo-rollouts/analyzer.ts';
import { autoscaler } from './autoscaler/analyzer.ts';
import { cephCluster } from './ceph-cluster/analyzer.ts';
import { certManager } from './cert-manager/analyzer.ts';
import { chaosExperiment } from './chaos-experiment/analyzer.ts';
import { clockSkew } from './clock-skew/analyzer.ts';
import { clusterApi } from './cluster-api/analyzer.ts';
import { clusterDns } from './cluster-dns/analyzer.ts';
import { configurationReference } from './configuration-reference/analyzer.ts';
import { containerCrash } from './container-crash/analyzer.ts';
import { containerData } from './container-data/analyzer.ts';
import { containerExit } from './container-exit/analyzer.ts';
import { containerLicense } from './container-license/analyzer.ts';
import { containerMemory } from './container-memory/analyzer.ts';
import { containerSetting } from './container-setting/analyzer.ts';
import { containerStart } from './container-start/analyzer.ts';
import { containerSystem } from './container-system/analyzer.ts';
import { containerUser } from './container-user/analyzer.ts';
import { controlPlane } from './control-plane/analyzer.ts';
import { cronJob } from './cron-job/analyzer.ts';
import { customResourceDefinition } from './custom-resource-definition/analyzer.ts';
import { daemonSet } from './daemon-set/analyzer.ts';
import { dependencyConnection } from './dependency-connection/analyzer.ts';
import { dependencyRejection } from './dependency-rejection/analyzer.ts';
import { deploymentRollout } from './deployment-rollout/analyzer.ts';
import { deprecatedApi } from './deprecated-api/analyzer.ts';
import { disruptionBudget } from './disruption-budget/analyzer.ts';
import { etcd } from './etcd/analyzer.ts';
import { flux } from './flux/analyzer.ts';
import { gateway } from './gateway/analyzer.ts';
import { helmRelease } from './helm-release/analyzer.ts';
import { hygiene } from './hygiene/analyzer.ts';
import { imageContent } from './image-content/analyzer.ts';
import { imagePlatform } from './image-platform/analyzer.ts';
import { imagePull } from './image-pull/analyzer.ts';
import { ingress } from './ingress/analyzer.ts';
import { initContainer } from './init-container/analyzer.ts';
import { istio } from './istio/analyzer.ts';
import { job } from './job/analyzer.ts';
import { kamaji } from './kamaji/analyzer.ts';
import { karpenter } from './karpenter/analyzer.ts';
import { keda } from './keda/analyzer.ts';
import { kindNode } from './kind-node/analyzer.ts';
import { kstatus } from './kstatus/analyzer.ts';
import { kubeletRefusal } from './kubelet-refusal/analyzer.ts';
import { kueue } from './kueue/analyzer.ts';
import { livenessRestart } from './liveness-restart/analyzer.ts';
import { logErrors } from './log-errors/analyzer.ts';
import { memoryDemand } from './memory-demand/analyzer.ts';
import { metricAnomaly } from './metric-anomaly/analyzer.ts';
import { metricLimit } from './metric-limit/analyzer.ts';
import { metricState } from './metric-state/analyzer.ts';
import { namespaceDeletion } from './namespace-deletion/analyzer.ts';
import { networkPolicy } from './network-policy/analyzer.ts';
import { nodeCertificate } from './node-certificate/analyzer.ts';
import { nodeHardware } from './node-hardware/analyzer.ts';
import { nodeNotReady } from './node-not-ready/analyzer.ts';
import { nodePressure } from './node-pressure/analyzer.ts';
import { nodeProblem } from './node-problem/analyzer.ts';
import { nodeScheduling } from './node-scheduling/analyzer.ts';
import { objectDeletion } from './object-deletion/analyzer.ts';
import { openshiftRoute } from './openshift-route/analyzer.ts';
import { ownerGone } from './owner-gone/analyzer.ts';
import { permissionDenied } from './permission-denied/analyzer.ts';
import { podNetwork } from './pod-network/analyzer.ts';
import { podReadiness } from './pod-readiness/analyzer.ts';
import { podResize } from './pod-resize/analyzer.ts';
import { probeAnswer } from './probe-answer/analyzer.ts';
import { probeTarget } from './probe-target/analyzer.ts';
import { repeatedVariable } from './repeated-variable/analyzer.ts';
import { scaledToZero } from './scaled-to-zero/analyzer.ts';
import { schedulingBetweenPods } from './scheduling-between-pods/analyzer.ts';
import { schedulingCapacity } from './scheduling-capacity/analyzer.ts';
import { schedulingPlacement } from './scheduling-placement/analyzer.ts';
import { schedulingPreemption } from './scheduling-preemption/analyzer.ts';
import { schedulingVolume } from './scheduling-volume/analyzer.ts';
import { schedulingWaiting } from './scheduling-waiting/analyzer.ts';
import { serviceAccount } from './service-account/analyzer.ts';
import { serviceEndpoints } from './service-endpoints/analyzer.ts';
import { servicePorts } from './service-ports/analyzer.ts';
import { serviceTypes } from './service-types/analyzer.ts';
import { statefulSet } from './stateful-set/analyzer.ts';
import { storageClaim } from './storage-claim/analyzer.ts';
import { storageMount } from './storage-mount/analyzer.ts';
import { storedKey } from './stored-key/analyzer.ts';
import { traefik } from './traefik/analyzer.ts';
import { velero } from './velero/analyzer.ts';
import { versionSkew } from './version-skew/analyzer.ts';
import { volumeMount } from './volume-mount/analyzer.ts';
import { volumeSnapshot } from './volume-snapshot/analyzer.ts';
import { workloadAvailability } from './workload-availability/analyzer.ts';
import { workloadPods } from './workload-pods/analyzer.ts';

/** Every analyzer, one line each. A test compares it with the folders. */
export const analyzers: readonly Analyzer[] = [
  admissionLimitRange,
  admissionPodSecurity,
  admissionPolicy,
  admissionQuota,
  admissionWebhook,
  alertFiring,
  apiService,
  argoCd,
  argoRollouts,
  autoscaler,
  cephCluster,
  certManager,
  chaosExperiment,
  clockSkew,
  clusterApi,
  clusterDns,
  configurationReference,
  containerCrash,
  containerData,
  containerExit,
  containerLicense,
  containerMemory,
  containerSetting,
  containerStart,
  containerSystem,
  containerUser,
  controlPlane,
  cronJob,
  customResourceDefinition,
  daemonSet,
  dependencyConnection,
  dependencyRejection,
  deploymentRollout,
  deprecatedApi,
  disruptionBudget,
  etcd,
  flux,
  gateway,
  helmRelease,
  hygiene,
  imageContent,
  imagePlatform,
  imagePull,
  ingress,
  initContainer,
  istio,
  job,
  kamaji,
  karpenter,
  keda,
  kindNode,
  kstatus,
  kubeletRefusal,
  kueue,
  livenessRestart,
  logErrors,
  memoryDemand,
  metricAnomaly,
  metricLimit,
  metricState,
  namespaceDeletion,
  networkPolicy,
  nodeCertificate,
  nodeHardware,
  nodeNotReady,
  nodePressure,
  nodeProblem,
  nodeScheduling,
  objectDeletion,
  openshiftRoute,
  ownerGone,
  permissionDenied,
  podNetwork,
  podReadiness,
  podResize,
  probeAnswer,
  probeTarget,
  repeatedVariable,
  scaledToZero,
  schedulingBetweenPods,
  schedulingCapacity,
  schedulingPlacement,
  schedulingPreemption,
  schedulingVolume,
  schedulingWaiting,
  serviceAccount,
  serviceEndpoints,
  servicePorts,
  serviceTypes,
  statefulSet,
  storageClaim,
  storageMount,
  storedKey,
  traefik,
  velero,
  versionSkew,
  volumeMount,
  volumeSnapshot,
  workloadAvailability,
  workloadPods,
];
