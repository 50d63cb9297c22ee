import { testFixtures } from '@autodevops/testkit/fixture';
import { containerData } from './analyzer.ts';

testFixtures(containerData, new URL('./fixtures/', import.meta.url));
