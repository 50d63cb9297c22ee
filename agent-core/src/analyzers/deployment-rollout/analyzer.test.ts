import { testFixtures } from '@autodevops/testkit/fixture';
import { deploymentRollout } from './analyzer.ts';

testFixtures(deploymentRollout, new URL('./fixtures/', import.meta.url));
