import { testFixtures } from '@autodevops/testkit/fixture';
import { admissionLimitRange } from './analyzer.ts';

testFixtures(admissionLimitRange, new URL('./fixtures/', import.meta.url));
