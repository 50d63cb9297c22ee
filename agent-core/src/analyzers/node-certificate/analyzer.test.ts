import { testFixtures } from '@autodevops/testkit/fixture';
import { nodeCertificate } from './analyzer.ts';

testFixtures(nodeCertificate, new URL('./fixtures/', import.meta.url));
