import { testFixtures } from '@autodevops/testkit/fixture';
import { cronJob } from './analyzer.ts';

testFixtures(cronJob, new URL('./fixtures/', import.meta.url));
