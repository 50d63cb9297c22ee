interface Wish {
  readonly kind?: 'Deployment' | 'DaemonSet';
  readonly replicas?: number;
  /** What its shell runs; absent: it idles. */
  readonly command?: string;
  /** `cpu: 100m` */
  readonly requests?: string;
  readonly priorityClass?: string;
}

/** The manifest of a small workload, as text. */
export function workload(name: string, wish: Wish = {}): string {
  const {
    kind = 'Deployment',
    replicas = 1,
    command = 'trap exit TERM; sleep 100000 & wait',
    requests,
    priorityClass,
  } = wish;
  const container = {
    name: 'app',
    image: 'docker.io/library/busybox:1.35',
    imagePullPolicy: 'IfNotPresent',
    command: ['sh', '-c', command],
    ...(requests === undefined ? {} : { resources: { requests: Object.fromEntries([requests.split(': ')]) } }),
  };
  const labels = { app: name };
  const spec = {
    terminationGracePeriodSeconds: 1,
    ...(priorityClass === undefined ? {} : { priorityClassName: priorityClass }),
    containers: [container],
  };
  return `${JSON.stringify({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name },
    spec: {
      ...(kind === 'Deployment' ? { replicas } : {}),
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec },
    },
  })}\n`;
}
