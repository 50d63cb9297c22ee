import { testFixtures } from '@autodevops/testkit/fixture';
import { metricAnomaly } from './analyzer.ts';

testFixtures(metricAnomaly, new URL('./fixtures/', import.meta.url));
