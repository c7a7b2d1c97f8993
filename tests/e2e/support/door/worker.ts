import background from '../../../../entrypoints/background.ts';

/** The worker as it is, with its way out in the hands of a test: `handed-out.ts` takes the place of what makes that. */
background.main();
