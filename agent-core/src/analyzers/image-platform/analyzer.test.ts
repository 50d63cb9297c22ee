import { testFixtures } from '@autodevops/testkit/fixture';
import { imagePlatform } from './analyzer.ts';

testFixtures(imagePlatform, new URL('./fixtures/', import.meta.url));
