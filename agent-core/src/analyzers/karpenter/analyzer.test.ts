import { testFixtures } from '@autodevops/testkit/fixture';
import { karpenter } from './analyzer.ts';

testFixtures(karpenter, new URL('./fixtures/', import.meta.url));
