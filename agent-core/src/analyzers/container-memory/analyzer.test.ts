import { testFixtures } from '@autodevops/testkit/fixture';
import { containerMemory } from './analyzer.ts';

testFixtures(containerMemory, new URL('./fixtures/', import.meta.url));
