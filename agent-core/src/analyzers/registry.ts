import type { Analyzer } from './analyzer.ts';
import { admissionLimitRange } from './admission-limit-range/analyzer.ts';
import { admissionPodSecurity } from './admission-pod-security/analyzer.ts';
import { admissionPolicy } from './admission-policy/analyzer.ts';
import { admissionQuota } from './admission-quota/analyzer.ts';
import { admissionWebhook } from './admission-webhook/analyzer.ts';
import { apiService } from './api-service/analyzer.ts';
import { clockSkew } from './clock-skew/analyzer.ts';
import { containerMemory } from './container-memory/analyzer.ts';
import { containerSetting } from './container-setting/analyzer.ts';
import { containerStart } from './container-start/analyzer.ts';
import { containerSystem } from './container-system/analyzer.ts';
import { controlPlane } from './control-plane/analyzer.ts';
import { customResourceDefinition } from './custom-resource-definition/analyzer.ts';
import { dependencyConnection } from './dependency-connection/analyzer.ts';
import { dependencyRejection } from './dependency-rejection/analyzer.ts';
import { deprecatedApi } from './deprecated-api/analyzer.ts';
import { etcd } from './etcd/analyzer.ts';
import { gateway } from './gateway/analyzer.ts';
import { imagePlatform } from './image-platform/analyzer.ts';
import { imagePull } from './image-pull/analyzer.ts';
import { ingress } from './ingress/analyzer.ts';
import { kindNode } from './kind-node/analyzer.ts';
import { namespaceDeletion } from './namespace-deletion/analyzer.ts';
import { nodeCertificate } from './node-certificate/analyzer.ts';
import { nodeNotReady } from './node-not-ready/analyzer.ts';
import { nodePressure } from './node-pressure/analyzer.ts';
import { nodeProblem } from './node-problem/analyzer.ts';
import { nodeScheduling } from './node-scheduling/analyzer.ts';
import { objectDeletion } from './object-deletion/analyzer.ts';
import { ownerGone } from './owner-gone/analyzer.ts';
import { schedulingBetweenPods } from './scheduling-between-pods/analyzer.ts';
import { schedulingCapacity } from './scheduling-capacity/analyzer.ts';
import { schedulingPlacement } from './scheduling-placement/analyzer.ts';
import { schedulingPreemption } from './scheduling-preemption/analyzer.ts';
import { schedulingVolume } from './scheduling-volume/analyzer.ts';
import { schedulingWaiting } from './scheduling-waiting/analyzer.ts';
import { serviceEndpoints } from './service-endpoints/analyzer.ts';
import { servicePorts } from './service-ports/analyzer.ts';
import { serviceTypes } from './service-types/analyzer.ts';
import { storageClaim } from './storage-claim/analyzer.ts';
import { versionSkew } from './version-skew/analyzer.ts';

/** Every analyzer, one line each. A test compares it with the folders. */
export const analyzers: readonly Analyzer[] = [
  admissionLimitRange,
  admissionPodSecurity,
  admissionPolicy,
  admissionQuota,
  admissionWebhook,
  apiService,
  clockSkew,
  containerMemory,
  containerSetting,
  containerStart,
  containerSystem,
  controlPlane,
  customResourceDefinition,
  dependencyConnection,
  dependencyRejection,
  deprecatedApi,
  etcd,
  gateway,
  imagePlatform,
  imagePull,
  ingress,
  kindNode,
  namespaceDeletion,
  nodeCertificate,
  nodeNotReady,
  nodePressure,
  nodeProblem,
  nodeScheduling,
  objectDeletion,
  ownerGone,
  schedulingBetweenPods,
  schedulingCapacity,
  schedulingPlacement,
  schedulingPreemption,
  schedulingVolume,
  schedulingWaiting,
  serviceEndpoints,
  servicePorts,
  serviceTypes,
  storageClaim,
  versionSkew,
];
