import { testFixtures } from '@autodevops/testkit/fixture';
import { kueue } from './analyzer.ts';

testFixtures(kueue, new URL('./fixtures/', import.meta.url));
