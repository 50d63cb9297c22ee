import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterHand } from '../scenarios/cluster-hand.ts';

/** The folder of the shop's manifests. */
export const shopFolder = join(import.meta.dirname, 'shop');
export const apiManifest = readFileSync(join(shopFolder, 'api.yaml'), 'utf8');

/** A shop that worked until its last revision, which asks its database on a port that it does not have. `besides`: manifests of what else is in it. */
export async function breakShop(hand: ClusterHand, ...besides: readonly string[]): Promise<void> {
  await hand.run(['delete', 'namespace', 'shop', '--ignore-not-found', '--timeout=120s']);
  await hand.createNamespaces(['shop']);
  await hand.must(['apply', '-f', join(shopFolder, 'around.yaml')]);
  await hand.must(['apply', '-f', '-'], apiManifest.replace('db:5433', 'db:5432'));
  for (const other of besides) await hand.must(['-n', 'shop', 'apply', '-f', '-'], other);
  await hand.settle('shop');
  await hand.must(['apply', '-f', join(shopFolder, 'api.yaml')]);
}

/** Where the shop's api looks for its database, as it lives. */
export async function shopDatabase(hand: ClusterHand): Promise<string> {
  const path = 'jsonpath={.spec.template.spec.containers[0].env[0].value}';
  return await hand.must(['-n', 'shop', 'get', 'deployment', 'api', '-o', path]);
}
