import { testFixtures } from '@autodevops/testkit/fixture';
import { schedulingWaiting } from './analyzer.ts';

testFixtures(schedulingWaiting, new URL('./fixtures/', import.meta.url));
