/** Objects that several walks begin with. Their images are on every node of the bed. */

export const image = 'docker.io/library/busybox:1.35';

interface Wish {
  readonly replicas?: number;
  /** What its shell runs; absent: it idles. */
  readonly command?: string;
  readonly image?: string;
  readonly policy?: 'IfNotPresent' | 'Never';
  /** What a pod spec has besides. */
  readonly pod?: object;
  /** What its container has besides. */
  readonly container?: object;
}

const idle = 'trap exit TERM; sleep 100000 & wait';

function template(
  name: string,
  { command = idle, image: given = image, policy = 'IfNotPresent', pod = {}, container = {} }: Wish,
): object {
  const app = { name: 'app', image: given, imagePullPolicy: policy, command: ['sh', '-c', command], ...container };
  return {
    metadata: { labels: { app: name } },
    spec: { terminationGracePeriodSeconds: 1, ...pod, containers: [app] },
  };
}

export function deployment(name: string, wish: Wish = {}): object {
  const { replicas = 1 } = wish;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      progressDeadlineSeconds: 20,
      selector: { matchLabels: { app: name } },
      template: template(name, wish),
    },
  };
}

/** Runs once, without another try. */
export function job(name: string, command: string, pod: object = {}): object {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: jobSpec(name, command, pod) };
}

export function jobSpec(name: string, command: string, pod: object = {}, container: object = {}): object {
  return { backoffLimit: 0, template: template(name, { command, pod: { restartPolicy: 'Never', ...pod }, container }) };
}

/** Without a schedule so seldom that no walk meets a run of it. */
export function cronJob(
  name: string,
  command: string,
  suspend: boolean,
  { pod, container, schedule = '0 0 1 1 *' }: Pick<Wish, 'pod' | 'container'> & { readonly schedule?: string } = {},
): object {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name },
    spec: { schedule, suspend, jobTemplate: { spec: jobSpec(name, command, pod, container) } },
  };
}

/** Of the cluster's own class, whose volumes are made when a pod mounts them. */
export function claim(
  name: string,
  storageClassName = 'standard',
  annotations: Readonly<Record<string, string>> = {},
): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, annotations },
    spec: { storageClassName, accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '8Mi' } } },
  };
}

/** A claim as a volume of a pod, mounted at `/data`. */
export function mounting(name: string): { readonly pod: object; readonly container: object } {
  return {
    pod: { volumes: [{ name, persistentVolumeClaim: { claimName: name } }] },
    container: { volumeMounts: [{ name, mountPath: '/data' }] },
  };
}

export function budget(name: string, minAvailable: number): object {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name },
    spec: { minAvailable, selector: { matchLabels: { app: name } } },
  };
}
