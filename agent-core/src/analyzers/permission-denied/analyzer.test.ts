import { testFixtures } from '@autodevops/testkit/fixture';
import { permissionDenied } from './analyzer.ts';

testFixtures(permissionDenied, new URL('./fixtures/', import.meta.url));
