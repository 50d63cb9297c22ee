import { testFixtures } from '@autodevops/testkit/fixture';
import { imageContent } from './analyzer.ts';

testFixtures(imageContent, new URL('./fixtures/', import.meta.url));
