import { expect, it } from 'vitest';
import { explained } from './known-trouble.ts';

/** What the programs really say, and what is made of it. */
it.each([
  [
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    'local.no-engine',
    'stopped answering',
  ],
  [
    'docker: Error response from daemon: driver failed programming external connectivity on endpoint dev-control-plane (1f): Bind for 127.0.0.1:8080 failed: port is already allocated.',
    'local.port-taken',
    'Port 8080 is taken',
  ],
  [
    'Error: rootlessport listen tcp 127.0.0.1:8080: bind: address already in use',
    'local.port-taken',
    'Port 8080 is taken',
  ],
  ['Failed to create control group inotify object: Too many open files', 'local.machine', 'inotify'],
  ['write /var/lib/docker/tmp/x: no space left on device', 'local.machine', 'disk'],
  ['toomanyrequests: You have reached your pull rate limit.', 'local.image-unavailable', 'no more images'],
  [
    'Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host',
    'local.image-unavailable',
    'not reachable',
  ],
  [
    'Error response from daemon: manifest for kindest/node:v9.9.9 not found: manifest unknown: manifest unknown',
    'local.image-unavailable',
    'no such image',
  ],
  [
    'ERROR: failed to create cluster: running kind with rootless provider requires cgroup v2, see https://kind.sigs.k8s.io/docs/user/rootless/',
    'local.machine',
    'cgroup v2',
  ],
  [
    'ERROR: failed to create cluster: could not find a log line that matches "Reached target .*Multi-User System.*|detected cgroup v1"',
    'local.machine',
    'systemd did not come up',
  ],
  [
    'ERROR: failed to create cluster: node(s) already exist for a cluster with the name "dev"',
    'local.not-ours',
    'came into being',
  ],
  [
    'ERROR: failed to create cluster: failed to init node with kubeadm: command "docker exec --privileged dev-control-plane kubeadm init" failed with error: exit status 1',
    'local.failed',
    'did not come up in a node in time',
  ],
])('%s', (said, code, says) => {
  expect(explained('It failed', said)).toMatchObject({
    code,
    message: expect.stringContaining(says),
    remedy: expect.stringMatching(/\w/),
  });
});

it('quotes what it does not know on one line, without secrets, and names the log', () => {
  const error = explained('It failed', 'strange\nthing password=hunter2', '/state/kind.log');
  expect(error.message).toBe('It failed: strange thing password=[redacted].');
  expect(error.remedy).toContain('/state/kind.log');
});
