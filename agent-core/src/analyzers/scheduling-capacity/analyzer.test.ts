import { testFixtures } from '@autodevops/testkit/fixture';
import { schedulingCapacity } from './analyzer.ts';

testFixtures(schedulingCapacity, new URL('./fixtures/', import.meta.url));
