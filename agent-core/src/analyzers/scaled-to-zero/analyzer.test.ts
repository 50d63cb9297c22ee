import { testFixtures } from '@autodevops/testkit/fixture';
import { scaledToZero } from './analyzer.ts';

testFixtures(scaledToZero, new URL('./fixtures/', import.meta.url));
