import { testFixtures } from '@autodevops/testkit/fixture';
import { objectDeletion } from './analyzer.ts';

testFixtures(objectDeletion, new URL('./fixtures/', import.meta.url));
