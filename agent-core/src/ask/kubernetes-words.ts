/** Reasons and phases as Kubernetes writes them, in a sentence each; keys in lower case. */
export const kubernetesWords: ReadonlyMap<string, string> = new Map([
  [
    'crashloopbackoff',
    'CrashLoopBackOff: the container ended several times, and the kubelet waits (up to five minutes) before it starts it again. Why it ended is in its exit code and its previous log.',
  ],
  [
    'imagepullbackoff',
    'ImagePullBackOff: pulling the image failed, and the kubelet waits before it tries again. The event of the pod says why it failed.',
  ],
  ['errimagepull', 'ErrImagePull: pulling the image has just failed. The event of the pod says why.'],
  [
    'errimageneverpull',
    'ErrImageNeverPull: the pod says that the image must not be pulled, and the node does not have it.',
  ],
  ['invalidimagename', 'InvalidImageName: the text of the image reference cannot be read as one.'],
  [
    'createcontainerconfigerror',
    'CreateContainerConfigError: something that the container needs to be made is not there, such as a ConfigMap, a Secret or a key of one.',
  ],
  ['createcontainererror', 'CreateContainerError: the runtime could not make the container.'],
  [
    'runcontainererror',
    'RunContainerError: the runtime made the container and could not start it, often because the command does not exist.',
  ],
  [
    'oomkilled',
    'OOMKilled: the kernel killed the container because it needed more memory than its limit, or than the node had.',
  ],
  ['evicted', 'Evicted: the kubelet ended the pod to get memory, disk or process ids back for its node.'],
  [
    'pending',
    'Pending: the pod is accepted, and not all of its containers have been started: it waits for a node, an image or a volume.',
  ],
  [
    'terminating',
    'Terminating: deletion was asked for, and the pod has not ended or something still holds it (a finalizer, a volume, a node that does not answer).',
  ],
  [
    'containercreating',
    'ContainerCreating: the pod has a node, and its volumes, network or image are being made ready.',
  ],
  ['podinitializing', 'PodInitializing: the init containers have not all ended yet.'],
  ['notready', 'NotReady: the kubelet of the node reports that it cannot run pods, or has not reported for a while.'],
  ['schedulingdisabled', 'SchedulingDisabled: the node is cordoned; pods stay, new ones go elsewhere.'],
  [
    'failedscheduling',
    'FailedScheduling: no node satisfies what the pod asks for; the message counts the reasons, node by node.',
  ],
  [
    'progressdeadlineexceeded',
    'ProgressDeadlineExceeded: the rollout of a Deployment made no progress for as long as it may take; nothing is rolled back by itself.',
  ],
  [
    'backofflimitexceeded',
    'BackoffLimitExceeded: the pods of a Job failed more often than it may retry; the Job has ended.',
  ],
]);
