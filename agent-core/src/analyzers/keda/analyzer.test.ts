import { testFixtures } from '@autodevops/testkit/fixture';
import { keda } from './analyzer.ts';

testFixtures(keda, new URL('./fixtures/', import.meta.url));
