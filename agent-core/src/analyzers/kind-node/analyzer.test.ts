import { testFixtures } from '@autodevops/testkit/fixture';
import { kindNode } from './analyzer.ts';

testFixtures(kindNode, new URL('./fixtures/', import.meta.url));
