import { testFixtures } from '@autodevops/testkit/fixture';
import { cephCluster } from './analyzer.ts';

testFixtures(cephCluster, new URL('./fixtures/', import.meta.url));
