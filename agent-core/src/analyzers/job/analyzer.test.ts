import { testFixtures } from '@autodevops/testkit/fixture';
import { job } from './analyzer.ts';

testFixtures(job, new URL('./fixtures/', import.meta.url));
