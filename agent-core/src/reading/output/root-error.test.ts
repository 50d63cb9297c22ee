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

it('keeps a wrapper that holds nothing', () => {
  expect(rootError('rpc error: code = Unavailable desc = ')).toBe('rpc error: code = Unavailable desc =');
});

it('is not slowed by endless text', () => {
  expect(rootError('a: '.repeat(1_000_000)).length).toBeLessThanOrEqual(240);
});
