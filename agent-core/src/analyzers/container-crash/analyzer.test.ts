import { testFixtures } from '@autodevops/testkit/fixture';
import { containerCrash } from './analyzer.ts';

testFixtures(containerCrash, new URL('./fixtures/', import.meta.url));
