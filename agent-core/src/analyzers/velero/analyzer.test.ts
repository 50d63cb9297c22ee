import { testFixtures } from '@autodevops/testkit/fixture';
import { velero } from './analyzer.ts';

testFixtures(velero, new URL('./fixtures/', import.meta.url));
