import { testFixtures } from '@autodevops/testkit/fixture';
import { controlPlane } from './analyzer.ts';

testFixtures(controlPlane, new URL('./fixtures/', import.meta.url));
