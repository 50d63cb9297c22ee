import { testFixtures } from '@autodevops/testkit/fixture';
import { clusterApi } from './analyzer.ts';

testFixtures(clusterApi, new URL('./fixtures/', import.meta.url));
