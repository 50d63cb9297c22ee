import { testFixtures } from '@autodevops/testkit/fixture';
import { containerStart } from './analyzer.ts';

testFixtures(containerStart, new URL('./fixtures/', import.meta.url));
