import { testFixtures } from '@autodevops/testkit/fixture';
import { nodePressure } from './analyzer.ts';

testFixtures(nodePressure, new URL('./fixtures/', import.meta.url));
