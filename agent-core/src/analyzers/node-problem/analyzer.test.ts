import { testFixtures } from '@autodevops/testkit/fixture';
import { nodeProblem } from './analyzer.ts';

testFixtures(nodeProblem, new URL('./fixtures/', import.meta.url));
