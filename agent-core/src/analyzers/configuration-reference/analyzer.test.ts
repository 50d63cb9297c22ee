import { testFixtures } from '@autodevops/testkit/fixture';
import { configurationReference } from './analyzer.ts';

testFixtures(configurationReference, new URL('./fixtures/', import.meta.url));
