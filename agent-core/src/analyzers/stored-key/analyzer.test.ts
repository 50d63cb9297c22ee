import { testFixtures } from '@autodevops/testkit/fixture';
import { storedKey } from './analyzer.ts';

testFixtures(storedKey, new URL('./fixtures/', import.meta.url));
