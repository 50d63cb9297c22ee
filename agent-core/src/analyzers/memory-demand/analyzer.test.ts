import { testFixtures } from '@autodevops/testkit/fixture';
import { memoryDemand } from './analyzer.ts';

testFixtures(memoryDemand, new URL('./fixtures/', import.meta.url));
