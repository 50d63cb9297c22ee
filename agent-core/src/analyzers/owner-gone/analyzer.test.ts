import { testFixtures } from '@autodevops/testkit/fixture';
import { ownerGone } from './analyzer.ts';

testFixtures(ownerGone, new URL('./fixtures/', import.meta.url));
