import { testFixtures } from '@autodevops/testkit/fixture';
import { kstatus } from './analyzer.ts';

testFixtures(kstatus, new URL('./fixtures/', import.meta.url));
