import { testFixtures } from '@autodevops/testkit/fixture';
import { metricLimit } from './analyzer.ts';

testFixtures(metricLimit, new URL('./fixtures/', import.meta.url));
