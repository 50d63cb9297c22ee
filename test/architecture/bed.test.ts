import { expect, it } from 'vitest';
import { DELIVERY_TOOLS, GO_TOOLS, goToolPiece, MONITORING_TOOLS } from '../bed/build/go-tools.ts';
import { nodeImageName } from '../bed/build/node-image.ts';
import { nodeRootfsPiece } from '../bed/build/node-rootfs.ts';

it('keys every piece of the test bed by files that exist', () => {
  expect(nodeImageName()).toMatch(/^autodevops-bed\/node:v[0-9.]+-[0-9a-f]{12}$/);
  expect(nodeRootfsPiece().key).toMatch(/^[0-9a-f]{12}$/);
  for (const tool of [...GO_TOOLS, ...DELIVERY_TOOLS, ...MONITORING_TOOLS]) {
    expect(goToolPiece(tool).key).toMatch(/^[0-9a-f]{12}$/);
  }
});
