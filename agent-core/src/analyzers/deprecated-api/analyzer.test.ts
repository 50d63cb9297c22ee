import { testFixtures } from '@autodevops/testkit/fixture';
import { deprecatedApi } from './analyzer.ts';

testFixtures(deprecatedApi, new URL('./fixtures/', import.meta.url));
