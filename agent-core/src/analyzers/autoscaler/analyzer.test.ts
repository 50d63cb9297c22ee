import { testFixtures } from '@autodevops/testkit/fixture';
import { autoscaler } from './analyzer.ts';

testFixtures(autoscaler, new URL('./fixtures/', import.meta.url));
