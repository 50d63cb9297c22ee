import { testFixtures } from '@autodevops/testkit/fixture';
import { customResourceDefinition } from './analyzer.ts';

testFixtures(customResourceDefinition, new URL('./fixtures/', import.meta.url));
