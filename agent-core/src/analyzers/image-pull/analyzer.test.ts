import { testFixtures } from '@autodevops/testkit/fixture';
import { imagePull } from './analyzer.ts';

testFixtures(imagePull, new URL('./fixtures/', import.meta.url));
