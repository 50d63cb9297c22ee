import { testFixtures } from '@autodevops/testkit/fixture';
import { workloadPods } from './analyzer.ts';

testFixtures(workloadPods, new URL('./fixtures/', import.meta.url));
