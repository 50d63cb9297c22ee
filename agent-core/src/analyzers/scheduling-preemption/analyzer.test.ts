import { testFixtures } from '@autodevops/testkit/fixture';
import { schedulingPreemption } from './analyzer.ts';

testFixtures(schedulingPreemption, new URL('./fixtures/', import.meta.url));
