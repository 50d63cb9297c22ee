import { testFixtures } from '@autodevops/testkit/fixture';
import { nodeScheduling } from './analyzer.ts';

testFixtures(nodeScheduling, new URL('./fixtures/', import.meta.url));
