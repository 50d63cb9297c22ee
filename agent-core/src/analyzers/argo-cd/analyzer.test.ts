import { testFixtures } from '@autodevops/testkit/fixture';
import { argoCd } from './analyzer.ts';

testFixtures(argoCd, new URL('./fixtures/', import.meta.url));
