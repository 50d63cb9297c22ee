import type { LocalEvent, LocalPhase, LocalStatus } from '@autodevops/domain/local-cluster';
import type { LocalCluster } from '@autodevops/domain/ports/local-cluster';

export function localStatus(phase: LocalPhase, given: Partial<LocalStatus> = {}): LocalStatus {
  return {
    name: 'dev',
    phase,
    next: '',
    engine: 'docker',
    context: 'kind-dev',
    kubeconfig: '/home/ann/state/kubeconfig',
    server: null,
    ready: phase === 'running',
    nodes: [
      {
        name: 'dev-control-plane',
        role: 'control-plane',
        running: phase === 'running',
        ready: true,
        version: 'v1.36.3',
      },
    ],
    createdAt: null,
    configuration: null,
    ...given,
  };
}

/** A local cluster whose verbs tell these events; `done` says which were called. A failure is thrown after the events. */
export function stubLocalCluster({
  before,
  after,
  events = [],
  failure,
}: {
  readonly before: LocalStatus;
  readonly after: LocalStatus;
  readonly events?: readonly LocalEvent[];
  readonly failure?: Error;
}): { readonly cluster: LocalCluster; readonly done: string[] } {
  const done: string[] = [];
  let status = before;
  async function* verb(name: string): AsyncGenerator<LocalEvent> {
    done.push(name);
    yield* events;
    status = after;
    if (failure !== undefined) throw failure;
    yield { type: 'done', says: `It is done: ${name}.`, ms: 1, status: after };
  }
  const refuse = (): never => {
    throw new Error('not asked for');
  };
  const cluster: LocalCluster = {
    up: () => verb('up'),
    down: () => verb('down'),
    reset: () => verb('reset'),
    stop: () => verb('stop'),
    start: () => verb('start'),
    load: (images) => verb(`load ${images.join(' ')}`),
    snapshot: refuse,
    restore: refuse,
    status: async () => status,
    doctor: refuse,
    kubeconfig: refuse,
  };
  return { cluster, done };
}
