import { testFixtures } from '@autodevops/testkit/fixture';
import { admissionPolicy } from './analyzer.ts';

testFixtures(admissionPolicy, new URL('./fixtures/', import.meta.url));
