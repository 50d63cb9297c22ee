import { testFixtures } from '@autodevops/testkit/fixture';
import { containerExit } from './analyzer.ts';

testFixtures(containerExit, new URL('./fixtures/', import.meta.url));
