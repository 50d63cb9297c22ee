import { testFixtures } from '@autodevops/testkit/fixture';
import { containerLicense } from './analyzer.ts';

testFixtures(containerLicense, new URL('./fixtures/', import.meta.url));
