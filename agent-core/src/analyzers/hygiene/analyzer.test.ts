import { testFixtures } from '@autodevops/testkit/fixture';
import { hygiene } from './analyzer.ts';

testFixtures(hygiene, new URL('./fixtures/', import.meta.url));
