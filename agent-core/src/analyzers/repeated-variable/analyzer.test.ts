import { testFixtures } from '@autodevops/testkit/fixture';
import { repeatedVariable } from './analyzer.ts';

testFixtures(repeatedVariable, new URL('./fixtures/', import.meta.url));
