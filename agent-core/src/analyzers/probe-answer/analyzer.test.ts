import { testFixtures } from '@autodevops/testkit/fixture';
import { probeAnswer } from './analyzer.ts';

testFixtures(probeAnswer, new URL('./fixtures/', import.meta.url));
