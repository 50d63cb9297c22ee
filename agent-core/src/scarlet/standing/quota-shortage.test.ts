import { expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import { actionScene } from '../testing/action-scene.ts';
import { named, object } from '../testing/objects.ts';
import { quotaShortages } from './quota-shortage.ts';

const quota = (spec: object, used: object = {}): Manifest =>
  object(named('v1', 'ResourceQuota', 'small'), { spec, status: { used } });
const shortages = async (growth: number, ...objects: readonly Manifest[]): Promise<readonly string[]> =>
  await quotaShortages('shop', new Map([['requests.cpu', growth]]), actionScene(...objects).live);

it('says what is left where more is needed', async () => {
  expect(await shortages(0.6, quota({ hard: { 'requests.cpu': '1' } }, { 'requests.cpu': '500m' }))).toEqual([
    'ResourceQuota shop/small leaves 500m of requests.cpu, and 600m more is needed.',
  ]);
});

it('says that nothing is left where more is used than there is', async () => {
  expect(await shortages(0.1, quota({ hard: { 'requests.cpu': '1' } }, { 'requests.cpu': '2' }))).toEqual([
    'ResourceQuota shop/small leaves 0m of requests.cpu, and 100m more is needed.',
  ]);
});

it.each([
  ['all that is left is needed', 0.5, { hard: { 'requests.cpu': '1' } }],
  ['three tenths of what is left, added one by one, are needed', 0.1 + 0.2, { hard: { 'requests.cpu': '800m' } }],
  ['nothing more is needed', 0, { hard: { 'requests.cpu': '0' } }],
  ['less than before is needed', -1, { hard: { 'requests.cpu': '0' } }],
  ['the quota counts something else', 9, { hard: { 'limits.cpu': '1' } }],
  ['the quota counts some pods only', 9, { hard: { 'requests.cpu': '1' }, scopes: ['BestEffort'] }],
])('says nothing where %s', async (_name, growth, spec) => {
  expect(await shortages(growth, quota(spec, { 'requests.cpu': '500m' }))).toEqual([]);
});
