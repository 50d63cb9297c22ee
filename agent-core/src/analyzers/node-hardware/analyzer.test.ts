import { testFixtures } from '@autodevops/testkit/fixture';
import { nodeHardware } from './analyzer.ts';

testFixtures(nodeHardware, new URL('./fixtures/', import.meta.url));
