import { testFixtures } from '@autodevops/testkit/fixture';
import { admissionQuota } from './analyzer.ts';

testFixtures(admissionQuota, new URL('./fixtures/', import.meta.url));
