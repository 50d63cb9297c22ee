import { testFixtures } from '@autodevops/testkit/fixture';
import { containerSystem } from './analyzer.ts';

testFixtures(containerSystem, new URL('./fixtures/', import.meta.url));
