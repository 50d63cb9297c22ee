import { testFixtures } from '@autodevops/testkit/fixture';
import { flux } from './analyzer.ts';

testFixtures(flux, new URL('./fixtures/', import.meta.url));
