import { expect, it } from 'vitest';
import { snapshotterIn } from './snapshotter.ts';

it('is read where containerd 2 and containerd 1 say it', () => {
  expect(snapshotterIn("[plugins]\n  [plugins.'io.containerd.cri.v1.images']\n    snapshotter = 'native'\n")).toBe(
    'native',
  );
  expect(
    snapshotterIn(
      '[plugins]\n  [plugins."io.containerd.grpc.v1.cri".containerd]\n    snapshotter = "fuse-overlayfs"\n',
    ),
  ).toBe('fuse-overlayfs');
});

it('is not taken from another table, nor from what is no name', () => {
  const others =
    "[plugins.'io.containerd.transfer.v1.local']\n  snapshotter = 'native'\n[plugins.'io.containerd.cri.v1.images']\n  snapshotter = '--address=x'\n";
  expect(snapshotterIn(others)).toBe('overlayfs');
  expect(snapshotterIn('')).toBe('overlayfs');
});
