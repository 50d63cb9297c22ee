import { testFixtures } from '@autodevops/testkit/fixture';
import { metricState } from './analyzer.ts';

testFixtures(metricState, new URL('./fixtures/', import.meta.url));
