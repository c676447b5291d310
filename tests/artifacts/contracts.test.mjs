// The contracts of a sample of designs, given to the linters, generators and servers that their readers would use.

import { checks } from './checks.mjs';
import { sample, testAll } from './sample.mjs';

testAll(checks.filter(({ artefact }) => artefact.startsWith('OpenAPI')), sample({ pinned: false }));
