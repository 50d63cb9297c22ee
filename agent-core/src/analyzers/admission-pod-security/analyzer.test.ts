import { testFixtures } from '@autodevops/testkit/fixture';
import { admissionPodSecurity } from './analyzer.ts';

testFixtures(admissionPodSecurity, new URL('./fixtures/', import.meta.url));
