import { expect, it } from 'vitest';
import { rootError } from './root-error.ts';

it('leaves a short message as it is, without its full stop', () => {
  expect(rootError('could not find any suitable subnets for creating the ELB.')).toBe(
    'could not find any suitable subnets for creating the ELB',
  );
});

it('gives what an RPC and the cloud behind it said, not the wrappers', () => {
  const message =
    'failed to provision volume with StorageClass "gp3": rpc error: code = Internal desc = Could not create volume "pvc-1": could not create volume in EC2: operation error EC2: CreateVolume, https response error StatusCode: 403, RequestID: 0b0c, api error UnauthorizedOperation: You are not authorized to perform this operation.';
  expect(rootError(message)).toBe('UnauthorizedOperation: You are not authorized to perform this operation');
});

it('gives the last of several nested RPC errors', () => {
  expect(
    rootError(
      'resize volume failed: rpc error: code = Internal desc = Could not resize: rpc error: code = Aborted desc = busy',
    ),
  ).toBe('busy');
});

it('gives the output of the mount program', () => {
  expect(
    rootError(
      'MountVolume.SetUp failed for volume "x" : mount failed: exit status 32\nMounting command: mount\nOutput: mount.nfs: access denied by server\n',
    ),
  ).toBe('mount.nfs: access denied by server');
});

it('gives what a network plugin said, not which plugin it is', () => {
  expect(
    rootError(
      'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "1f": plugin type="calico" failed (add): error getting ClusterInformation: connection is unauthorized: Unauthorized',
    ),
  ).toBe('error getting ClusterInformation: connection is unauthorized: Unauthorized');
});

it('gives what the program of a driver printed, not the arguments it was given', () => {
  expect(
    rootError(
      'rpc error: code = Internal desc = rbd: map failed with error an error (exit status 110) occurred while running rbd args: [--id node map pool/vol], rbd error output: rbd: sysfs write failed\nrbd: map failed: (110) Connection timed out',
    ),
  ).toBe('rbd: sysfs write failed rbd: map failed: (110) Connection timed out');
});

it('cuts the outer parts of what is too long, and keeps the reason', () => {
  const long = `${'outer part that says little: '.repeat(20)}the disk is locked by another request that has not ended yet and will not`;
  expect(rootError(long, 120)).toMatch(/the disk is locked by another request that has not ended yet and will not$/);
});

it('does not cut within parentheses, and shortens long folders', () => {
  expect(
    rootError(
      `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to create containerd task: failed to create shim task: OCI runtime create failed: unable to retrieve OCI runtime error (open /run/containerd/io.containerd.runtime.v2.task/k8s.io/${'4f'.repeat(32)}/log.json: no such file or directory): runc did not terminate successfully: exit status 127: unknown`,
    ),
  ).toMatch(
    /runtime error \(open \/run\/…\/log.json: no such file or directory\): runc did not terminate successfully: exit status 127: unknown$/,
  );
});

it('leaves out an aside for which there is no room', () => {
  const long = `the volume was not made (${'it is an aside that tells of something else; '.repeat(6)}): no room is left in the pool`;
  expect(rootError(long)).toBe('the volume was not made: no room is left in the pool');
});

it('names the object that another release has, not what it lacks', () => {
  expect(
    rootError(
      'Helm install failed for release cert-manager/cert-manager with chart cert-manager@v1.15.0: Unable to continue with install: CustomResourceDefinition "certificaterequests.cert-manager.io" in namespace "" exists and cannot be imported into the current release: invalid ownership metadata; label validation error: missing key "app.kubernetes.io/managed-by": must be set to "Helm"; annotation validation error: missing key "meta.helm.sh/release-name": must be set to "cert-manager"',
    ),
  ).toBe(
    'CustomResourceDefinition "certificaterequests.cert-manager.io" in namespace "" exists and cannot be imported into the current release',
  );
});

it('is the sentence of an answer in JSON, however short', () => {
  expect(
    rootError(
      'PUT https://x/publicIPAddresses/a\n-----\nRESPONSE 400: 400 Bad Request\nERROR CODE: PublicIPCountLimitReached\n-----\n{ "error": { "code": "PublicIPCountLimitReached", "message": "Cannot create more than 20 public IP addresses." } }',
    ),
  ).toBe('Cannot create more than 20 public IP addresses');
});

it('keeps a wrapper that holds nothing', () => {
  expect(rootError('rpc error: code = Unavailable desc = ')).toBe('rpc error: code = Unavailable desc =');
});

it('is not slowed by endless text', () => {
  expect(rootError('a: '.repeat(1_000_000)).length).toBeLessThanOrEqual(240);
});
