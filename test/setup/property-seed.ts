import * as fc from 'fast-check';

// Property tests draw the same cases on every run, so that a failure is the change's and can be run again. To look
// further: FC_SEED=random npm test unit, or FC_SEED=N for the seed that a report names.
const wanted = process.env['FC_SEED'] ?? '20260101';
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) });
