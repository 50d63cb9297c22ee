import { testFixtures } from '@autodevops/testkit/fixture';
import { versionSkew } from './analyzer.ts';

testFixtures(versionSkew, new URL('./fixtures/', import.meta.url));
