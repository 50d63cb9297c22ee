import { testFixtures } from '@autodevops/testkit/fixture';
import { schedulingVolume } from './analyzer.ts';

testFixtures(schedulingVolume, new URL('./fixtures/', import.meta.url));
