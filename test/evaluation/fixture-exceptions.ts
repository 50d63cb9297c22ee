/**
 * Fixtures of one analyzer in which another rightly has the last word: `folder/fixture` → the code at rank 1, under which
 * the fixture's own must hang. A new fixture that is told by a better cause is added here.
 */
export const betterCauses: Readonly<Record<string, string>> = {
  'admission-webhook/webhook-has-no-endpoints': 'service.no-endpoints.selector',
  'api-service/discovery-check-times-out': 'service.no-endpoints.selector',
  'api-service/metrics-server-has-no-endpoints': 'service.no-endpoints.selector',
  'argo-cd/manifests-cannot-be-made-as-the-repo-server-refuses': 'pod.memory.limit',
  'autoscaler/metrics-server-has-no-endpoints': 'control-plane.api-service.service-missing',
  'cluster-dns/pods-are-not-ready': 'pod.not-ready.unknown',
  'container-memory/killed-within-its-limit-as-the-node-was-full': 'node.memory.system-oom',
  'custom-resource-definition/the-conversion-webhook-has-no-ready-pod': 'pod.not-ready.unknown',
  'deployment-rollout/first-revision-never-became-available': 'pod.crash.unknown',
  'deployment-rollout/new-image-fails-and-the-old-revision-serves': 'pod.image.pull-failed',
  'deployment-rollout/new-revision-fails-before-its-deadline': 'pod.crash.unknown',
  'deployment-rollout/paused-while-a-pod-that-fails-runs-a-little-longer-than-before': 'pod.crash.unknown',
  'deployment-rollout/paused-while-the-new-revision-fails': 'pod.crash.unknown',
  'deployment-rollout/pods-fail-after-they-were-available-and-the-rollout-goes-on': 'pod.crash.unknown',
  'flux/hook-of-the-release-failed': 'job.backoff-limit',
  'flux/release-is-held-by-another-operation': 'helm.release.pending',
  'gateway/address-of-its-service-is-not-given': 'service.load-balancer.failed',
  'helm-release/the-last-upgrade-failed': 'workload.unavailable',
  'init-container/waits-for-a-job-that-failed': 'job.backoff-limit',
  'init-container/waits-for-a-port-that-the-service-does-not-have': 'service.port.not-served',
  'metric-anomaly/errors-rise-and-stay': 'service.no-endpoints.selector',
  'metric-limit/memory-climbs-again-after-each-kill': 'pod.memory.leak',
  'namespace-deletion/a-finalizer-remains': 'object.deletion.finalizer',
  'namespace-deletion/a-pod-does-not-end': 'pod.terminating.not-ending',
  'namespace-deletion/an-api-group-does-not-answer': 'control-plane.api-service.service-missing',
  'object-deletion/controller-says-since-when-it-waits-and-for-what': 'pdb.blocks-drain',
  'object-deletion/pod-on-a-dead-node': 'node.not-ready.kubelet-silent',
  'owner-gone/pods-outlive-their-replica-set-while-an-api-group-is-down': 'control-plane.api-service.service-missing',
  'owner-gone/pods-outlive-their-replica-set-without-a-controller-manager': 'control-plane.component.silent',
  'probe-answer/nothing-listens-and-the-program-says-why': 'pod.data.member-known',
  'scheduling-capacity/remaining-node-is-full-after-another-died': 'node.not-ready.kubelet-silent',
  'scheduling-placement/workers-are-not-ready-beside-a-reserved-node': 'node.not-ready.kubelet-silent',
  'scheduling-volume/claim-is-not-bound': 'storage.class.missing',
  'service-endpoints/all-pods-are-unready': 'pod.crash.unknown',
  'service-endpoints/workload-cannot-create-pods': 'workload.unavailable',
  'service-ports/caller-uses-a-port-that-the-service-lacks': 'pod.dependency.wrong-port',
  'stateful-set/first-pod-is-not-ready-so-no-second-is-made': 'pod.crash.unknown',
  'stateful-set/update-waits-for-a-failing-pod-of-the-new-revision': 'pod.crash.unknown',
  'storage-claim/claim-waits-for-a-pod-that-is-not-scheduled': 'pod.unschedulable.claim-unbound',
  'storage-claim/provisioner-is-not-ready': 'pod.not-ready.unknown',
  'storage-mount/driver-does-not-tolerate-the-taint-of-the-node': 'daemonset.missing-by-taint',
  'workload-availability/daemon-set-lacks-a-node': 'pod.crash.unknown',
  'workload-availability/no-pod-was-created': 'workload.service-account-missing',
  'workload-availability/one-of-three-pods-crashes': 'pod.crash.unknown',
  'workload-availability/stateful-set-has-a-pod-that-is-not-ready': 'pod.not-ready.unknown',
};

/** Fixtures that are healthy for their own analyzer only: what another finds in them, and why that is right. */
export const healthyForOneOnly: Readonly<Record<string, readonly [code: string, why: string]>> = {
  'clock-skew/healthy-for-this-analyzer-when-a-cron-job-missed-its-starts': [
    'cronjob.missed',
    'missed starts have a rule of their own',
  ],
  'cluster-dns/healthy-one-of-two-pods-is-ready': ['pod.not-ready.unknown', 'the other pod of the two is not ready'],
  'configuration-reference/healthy-config-map-made-since-and-not-yet-noticed': [
    'workload.unavailable',
    'its pod still waits for the next try of the kubelet',
  ],
  'configuration-reference/healthy-optional-references-while-waiting-for-something-else': [
    'pod.start.must-not-run-as-root',
    'that something else is a container that must not run as root',
  ],
  'container-crash/healthy-for-this-analyzer-when-pods-were-evicted': [
    'pod.evicted.node-pressure',
    'evictions have a rule of their own',
  ],
  'container-memory/healthy-for-this-analyzer-when-a-start-is-lost-with-room-to-spare': [
    'pod.start.failed',
    'a start that is lost for another reason is told by what the runtime says',
  ],
  'container-memory/healthy-for-this-analyzer-when-workers-are-ended-for-answering-too-late': [
    'pod.probe.timeout',
    'the server ends its workers itself',
  ],
  'container-start/healthy-for-this-analyzer-when-a-config-map-is-missing': [
    'pod.config.config-map-missing',
    'missing references have rules of their own',
  ],
  'container-system/healthy-for-this-analyzer-when-inotify-is-used-up': [
    'kind.inotify-limit',
    'the limits of inotify have a rule of their own',
  ],
  'dependency-connection/healthy-for-this-analyzer-when-the-crash-is-another': [
    'pod.crash.exception',
    'the other crash is one',
  ],
  'dependency-rejection/healthy-for-this-analyzer-when-the-program-speaks-of-another-place': [
    'pod.crash.file-missing',
    'the file that the program misses has a rule of its own',
  ],
  'kind-node/a-container-at-its-own-limit-is-not-the-machine': [
    'pod.memory.node-exhausted',
    'the kill of the container is told by the rules of memory',
  ],
  'kind-node/one-node-short-of-disk-is-not-the-engines-disk': [
    'node.pressure.disk',
    'the node is short of disk space all the same',
  ],
  'kstatus/nothing-to-say-of-objects-of-known-products': [
    'flux.reconcile.failed',
    'the products have rules of their own',
  ],
  'liveness-restart/healthy-for-this-analyzer-when-the-program-ends-sooner-than-its-probe': [
    'pod.exit.completes',
    'a program that ends by itself has a rule of its own',
  ],
  'network-policy/healthy-ingress-controller-is-let-in-by-the-name-of-its-namespace': [
    'signal.log.errors-prevail',
    'its log says nothing but errors, which no policy explains',
  ],
  'network-policy/healthy-network-that-enforces-no-policies': [
    'pod.not-ready.unknown',
    'the pod is not ready for another reason',
  ],
  'network-policy/healthy-range-leads-to-the-database-outside': [
    'pod.dependency.unreachable',
    'the database does not answer, and no policy is to blame',
  ],
  'network-policy/healthy-refusal-from-outside-is-an-answer': [
    'pod.dependency.refused',
    'the database refuses, which no policy does',
  ],
  'network-policy/healthy-policies-that-allow-what-is-needed': [
    'pod.dependency.unreachable',
    'the pod is not ready, and no policy is to blame',
  ],
  'pod-network/healthy-kube-proxy-of-a-silent-node': ['node.not-ready.kubelet-silent', 'the node is lost'],
  'probe-target/healthy-for-this-analyzer-when-the-program-says-why': [
    'pod.data.member-known',
    'a program that says what keeps it from listening has no wrong port',
  ],
  'probe-target/healthy-within-its-first-minute-of-an-older-alert': [
    'signal.alert.firing',
    'the alert fires, and is older than the pod',
  ],
  'service-account/healthy-account-made-since': ['workload.pods-not-created', 'the controller has not tried again yet'],
  'service-endpoints/healthy-one-of-two-pods-is-ready': [
    'pod.not-ready.unknown',
    'the other pod of the two is not ready',
  ],
  'service-endpoints/healthy-unready-pods-are-published-on-purpose': [
    'pod.not-ready.unknown',
    'the pods are not ready, though published',
  ],
  'storage-mount/healthy-missing-config-map-is-not-storage': [
    'pod.config.config-map-missing',
    'missing references have rules of their own',
  ],
  'storage-mount/healthy-old-events-of-a-pod-that-just-begins': [
    'pod.not-started.unknown',
    'the pod waits for its containers, without a word why',
  ],
  'volume-mount/healthy-for-this-analyzer-when-a-disk-cannot-be-attached': [
    'storage.mount.failed',
    'disks have rules of their own',
  ],
};
