import { testFixtures } from '@autodevops/testkit/fixture';
import { openshiftRoute } from './analyzer.ts';

testFixtures(openshiftRoute, new URL('./fixtures/', import.meta.url));
