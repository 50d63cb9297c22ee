import { testFixtures } from '@autodevops/testkit/fixture';
import { clockSkew } from './analyzer.ts';

testFixtures(clockSkew, new URL('./fixtures/', import.meta.url));
