import { testFixtures } from '@autodevops/testkit/fixture';
import { schedulingPlacement } from './analyzer.ts';

testFixtures(schedulingPlacement, new URL('./fixtures/', import.meta.url));
