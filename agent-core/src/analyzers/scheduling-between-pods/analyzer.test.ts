import { testFixtures } from '@autodevops/testkit/fixture';
import { schedulingBetweenPods } from './analyzer.ts';

testFixtures(schedulingBetweenPods, new URL('./fixtures/', import.meta.url));
