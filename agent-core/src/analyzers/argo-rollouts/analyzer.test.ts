import { testFixtures } from '@autodevops/testkit/fixture';
import { argoRollouts } from './analyzer.ts';

testFixtures(argoRollouts, new URL('./fixtures/', import.meta.url));
