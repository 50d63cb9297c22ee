import { testFixtures } from '@autodevops/testkit/fixture';
import { daemonSet } from './analyzer.ts';

testFixtures(daemonSet, new URL('./fixtures/', import.meta.url));
