import { testFixtures } from '@autodevops/testkit/fixture';
import { probeTarget } from './analyzer.ts';

testFixtures(probeTarget, new URL('./fixtures/', import.meta.url));
