import { testFixtures } from '@autodevops/testkit/fixture';
import { statefulSet } from './analyzer.ts';

testFixtures(statefulSet, new URL('./fixtures/', import.meta.url));
